#[hpy::methods]
impl Package {
    #[new]
    fn new(weight: f64) -> Self {
        Package { weight, content: Field::empty() }
    }

    fn heavier<'ctx>(&self, slf: &Handle<'ctx, Self>, than: &Package) -> bool {
        self.weight > than.weight
    }

    #[setter]
    fn set_label(&mut self, label: String) {}

    #[classmethod]
    fn empty(cls: &Handle<'_, Type>) -> Self {
        Package { weight: 0.0, content: Field::empty() }
    }
}
