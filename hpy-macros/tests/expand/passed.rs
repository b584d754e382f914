#[hpy::function(crate = "renamed")]
fn f<'ctx>(ctx: Context<'ctx>, module: &Handle<'ctx, Module>, r#type: &str) -> Result<()> {
    Ok(())
}
