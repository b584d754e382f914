//! The methods of a class: a companion for each, and the table that brings them together.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::Ident;

use super::body::{Arrival, Body, Result, holder, slot_argument, takes_a_pair};
use super::docstring::{c_string, docstring};
use super::function::implementation;
use super::{at, local, support};
use crate::model::{Cfgs, Function, Method, MethodKind, Methods, This};
use crate::protocol;
use crate::protocol::{Dunder, Output, SlotKind};

/// The constant that has the methods.
pub(super) const METHODS: &str = "ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE";

pub(crate) fn methods(methods: &Methods) -> TokenStream {
    let mut table = Table {
        class: &methods.ident,
        krate: &methods.krate,
        support: support(&methods.krate),
        items: TokenStream::new(),
        defs: TokenStream::new(),
        extras: TokenStream::new(),
        free: TokenStream::new(),
        reflected: TokenStream::new(),
        finalize: quote!(::core::option::Option::None),
        attributes: TokenStream::new(),
        told: TokenStream::new(),
        new: quote!(false),
        new_method: quote!(::core::option::Option::None),
        count: 0,
    };
    table.fill(methods);
    let Table {
        class,
        support,
        items,
        defs,
        extras,
        free,
        reflected,
        finalize,
        attributes,
        told,
        new,
        new_method,
        ..
    } = &table;
    let krate = &methods.krate;
    let cfgs = &methods.cfgs;
    // The compiler shows the name where there are two blocks that nobody brought together.
    let constant = format_ident!("{METHODS}", span = super::ours(class).span());
    let (ctx, type_) = (local("__ctx"), local("__class"));
    let attributes = if attributes.is_empty() {
        quote!(::core::option::Option::None)
    } else {
        quote! {{
            fn attributes<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #type_: &#krate::Handle<'__ctx, #krate::types::Type>,
            ) -> #krate::Result<()> {
                #attributes
                ::core::result::Result::Ok(())
            }
            ::core::option::Option::Some(attributes as #support::Attributes)
        }}
    };
    quote! {
        #cfgs
        const _: () = {
            #items

            impl #class {
                #[doc(hidden)]
                pub const #constant: &'static #support::Methods<#class> = &#support::Methods {
                    defs: &[#defs],
                    extras: &[#extras],
                    free: &[#free],
                    reflected: &[#reflected],
                    finalize: #finalize,
                    new: #new,
                    new_method: #new_method,
                    attributes: #attributes,
                    told: &[#told],
                };
            }
        };
    }
}

struct Table<'a> {
    class: &'a Ident,
    krate: &'a syn::Path,
    support: TokenStream,
    /// Companions.
    items: TokenStream,
    defs: TokenStream,
    extras: TokenStream,
    free: TokenStream,
    reflected: TokenStream,
    finalize: TokenStream,
    attributes: TokenStream,
    told: TokenStream,
    new: TokenStream,
    new_method: TokenStream,
    count: usize,
}

impl Table<'_> {
    fn fill(&mut self, methods: &Methods) {
        let mut slots: Vec<(&str, Vec<(&Dunder, &Function)>)> = Vec::new();
        let mut attributes: Vec<(&str, Vec<&Method>)> = Vec::new();
        for method in &methods.methods {
            self.tell(method);
            match &method.what {
                MethodKind::Slot(dunder) => match slots.iter_mut().find(|(slot, _)| *slot == dunder.slot) {
                    Some((_, parts)) => parts.push((dunder, &method.function)),
                    None => slots.push((dunder.slot, vec![(dunder, &method.function)])),
                },
                MethodKind::Getter | MethodKind::Setter | MethodKind::Deleter => {
                    let name = method.function.name.text.as_str();
                    match attributes.iter_mut().find(|(known, _)| *known == name) {
                        Some((_, parts)) => parts.push(method),
                        None => attributes.push((name, vec![method])),
                    }
                }
                _ => self.function(method),
            }
        }
        for (name, parts) in attributes {
            self.attribute(name, &parts);
        }
        for (slot, parts) in slots {
            self.slot(slot, parts[0].0.kind, &parts);
        }
    }

    /// Its name, where that says something of the class.
    fn tell(&mut self, Method { what, function }: &Method) {
        let name = function.name.text.as_str();
        let method =
            matches!(what, MethodKind::Slot(_) | MethodKind::Plain | MethodKind::Class | MethodKind::Static);
        if method && protocol::TOLD.contains(&name) {
            let cfgs = &function.cfgs;
            self.told.extend(quote!(#cfgs #name,));
        }
    }

    /// The name of the next companion.
    fn companion(&mut self) -> Ident {
        self.count += 1;
        format_ident!("__M{}", self.count)
    }

    /// A method that Python calls like a function.
    fn function(&mut self, method: &Method) {
        let Method { what, function } = method;
        let cfgs = &function.cfgs;
        if let MethodKind::Attribute { constant } = what {
            return self.class_attribute(function, *constant);
        }
        let ident = self.companion();
        let (support, class) = (&self.support, self.class);
        let result = match what {
            MethodKind::New => Result::New,
            _ => Result::Function("output"),
        };
        let implementation = implementation(function, &ident, result);
        self.items.extend(quote! {
            #cfgs
            enum #ident {}
            #cfgs
            const _: () = {
                #implementation
            };
        });
        match what {
            MethodKind::New => {
                self.defs.extend(quote!(#cfgs #support::NewDef::<#ident>::pair(),));
                self.new = where_cfgs(cfgs, quote!(true), &quote!(false));
                let method = quote!(#support::NewMethod::<#class, #ident>::METHOD);
                let none = quote!(::core::option::Option::None);
                self.new_method = where_cfgs(cfgs, method, &none);
            }
            MethodKind::Init => self.defs.extend(quote!(#cfgs #support::InitDef::<#ident>::PAIR,)),
            MethodKind::Call => self.defs.extend(quote!(#cfgs #support::FunctionDef::<#ident>::CALL,)),
            MethodKind::Static => self.free.extend(quote!(#cfgs #support::FreeDef::of_static::<#ident>(),)),
            MethodKind::Class => self.free.extend(quote!(#cfgs #support::FreeDef::of_class::<#ident>(),)),
            _ => self.defs.extend(quote!(#cfgs #support::FunctionDef::<#ident>::PAIR,)),
        }
    }

    fn class_attribute(&mut self, function: &Function, constant: bool) {
        let Table { class, support, .. } = self;
        let (ctx, type_) = (local("__ctx"), local("__class"));
        let (ident, name, cfgs) = (&function.ident, &function.name.text, &function.cfgs);
        let of_trait = function.of_trait.as_ref().map(|of_trait| quote!(as #of_trait));
        let value = if constant {
            quote!(<#class #of_trait>::#ident)
        } else {
            let args = function.args.iter().map(|_| &ctx);
            quote!(<#class #of_trait>::#ident(#(#args),*))
        };
        let add = at(function.output, quote!(#support::add_attribute(#ctx, #type_, #name, #value)?));
        self.attributes.extend(quote!(#cfgs #add;));
    }

    /// A getter, a setter and a deleter of one name.
    fn attribute(&mut self, name: &str, parts: &[&Method]) {
        let ident = self.companion();
        let Table { class, krate, support, .. } = self;
        let find = |wanted: fn(&MethodKind) -> bool| parts.iter().find(|part| wanted(&part.what));
        let getter = find(|what| matches!(what, MethodKind::Getter));
        let setter = find(|what| matches!(what, MethodKind::Setter));
        let deleter = find(|what| matches!(what, MethodKind::Deleter));
        let get = getter.map(|method| {
            let part = Part::new(&method.function, "get", Result::Function("output"), false);
            let function = part.emit(krate, class, &quote!(#krate::Handle<'__ctx>));
            quote!(impl #support::GetSlot for #ident { #function })
        });
        let unit = quote!(());
        let change = |method: &&&Method, name: &str| {
            Part::new(&method.function, name, Result::Function("unit_output"), false)
                .emit(krate, class, &unit)
        };
        let set = setter.map(|method| change(&method, "set"));
        let delete = deleter.map(|method| change(&method, "delete"));
        let setters = (set.is_some() || delete.is_some()).then(|| {
            quote! {
                impl #support::SetSlot for #ident {
                    #set
                    #delete
                }
            }
        });
        let constructor = match (&get, &setters) {
            (Some(_), Some(_)) => quote!(read_write),
            (Some(_), None) => quote!(read_only),
            (None, _) => quote!(write_only),
        };
        let documented = getter.or(setter).or(deleter).map(|method| &method.function.doc);
        let doc = documented.map(|doc| docstring("", doc, support));
        let cfgs = &parts[0].function.cfgs;
        let name = c_string(name);
        let attribute = quote! {
            impl #support::Attribute for #ident {
                const NAME: &'static ::core::ffi::CStr = #name;
                const DOC: &'static ::core::ffi::CStr = #doc;
            }
        };
        self.items.extend(quote! {
            #cfgs
            enum #ident {}
            #cfgs
            const _: () = {
                impl #support::Slot for #ident { type Class = #class; }
                #attribute
                #get
                #setters
            };
        });
        self.defs.extend(quote!(#cfgs #support::#constructor::<#ident>(),));
    }

    /// The two slots of `__buffer__`: to begin, and to end.
    fn buffer(&mut self, function: &Function) {
        let ident = self.companion();
        let Table { class, krate, support, .. } = self;
        let mutable = matches!(&function.this, This::Instance(_, Some(receiver)) if receiver.mutable);
        let (name, def, reference) = if mutable {
            ("BufferMutSlot", "BufferMutDef", quote!(&'__a mut))
        } else {
            ("BufferSlot", "BufferDef", quote!(&'__a))
        };
        let [name, def] = [name, def].map(|name| format_ident!("{name}"));
        let (this, method, cfgs) = (local("__this"), &function.ident, &function.cfgs);
        let view = at(function.output, quote!(#support::AnyView::new(<#class>::#method(#this))));
        self.items.extend(quote! {
            #cfgs
            enum #ident {}
            #cfgs
            const _: () = {
                impl #support::Slot for #ident { type Class = #class; }
                impl #support::#name for #ident {
                    fn view<'__a>(#this: #reference #class) -> #krate::Result<#support::AnyView<'__a>> {
                        #view
                    }
                }
            };
        });
        self.defs.extend(quote! {
            #cfgs #support::#def::<#ident>::GET,
            #cfgs #support::#def::<#ident>::RELEASE,
        });
    }

    /// `__getattr__` and the like: methods, so that `super()` and overrides in Python find them. `hpy::impl_` has
    /// interpreters fill their slots with what calls the methods.
    fn lookups(&mut self, parts: &[(&Dunder, &Function)]) {
        for (_, function) in parts {
            let ident = self.companion();
            let implementation = implementation(function, &ident, Result::Function("output"));
            let (cfgs, support) = (&function.cfgs, &self.support);
            self.items.extend(quote! {
                #cfgs
                enum #ident {}
                #cfgs
                const _: () = {
                    #implementation
                };
            });
            self.defs.extend(quote!(#cfgs #support::FunctionDef::<#ident>::PAIR,));
        }
    }

    /// A slot, of one or more dunder methods.
    fn slot(&mut self, slot: &str, kind: SlotKind, parts: &[(&Dunder, &Function)]) {
        if let (SlotKind::Buffer, [(_, function), ..]) = (kind, parts) {
            return self.buffer(function);
        }
        if matches!(kind, SlotKind::GetAttr | SlotKind::SetAttr) {
            return self.lookups(parts);
        }
        let ident = self.companion();
        let (name, def, constructor) = kind.names();
        let [name, def, constructor] = [name, def, constructor].map(|name| format_ident!("{name}"));
        let Table { class, krate, support, .. } = self;
        let pair = parts.iter().find(|(dunder, function)| is_pair(dunder, function));
        let def = if pair.is_some() { format_ident!("PairDef") } else { def };
        let pair = pair.map(|(_, function)| pair_operator(krate, class, support, &ident, function));
        let functions: TokenStream = match kind {
            SlotKind::Compare => comparison(krate, class, support, parts),
            _ => parts
                .iter()
                .map(|(dunder, function)| slot_part(krate, class, dunder, kind, function))
                .collect(),
        };
        let cfgs = &parts[0].1.cfgs;
        self.items.extend(quote! {
            #cfgs
            enum #ident {}
            #cfgs
            const _: () = {
                impl #support::Slot for #ident { type Class = #class; }
                impl #support::#name for #ident { #functions }
                #pair
            };
        });
        for (dunder, function) in parts.iter().filter(|(dunder, _)| dunder.part == "reflected") {
            let name = c_string(dunder.name);
            let support = &self.support;
            let cfgs = &function.cfgs;
            let def = match kind {
                SlotKind::Power => quote!(ReflectedPowerDef),
                _ => quote!(ReflectedDef),
            };
            self.reflected.extend(quote!(#cfgs (#name, &#support::#def::<#ident>::PAIR),));
        }
        let support = &self.support;
        if kind == SlotKind::Finalize {
            let some =
                quote!(::core::option::Option::Some(const { &#support::#def::<#ident>::#constructor() }));
            self.finalize = where_cfgs(cfgs, some, &quote!(::core::option::Option::None));
            return;
        }
        let Some(number) = protocol::extra(slot) else {
            let also = protocol::also(parts[0].0.name).map(|(slot, name)| (slot, format_ident!("{name}")));
            for (slot, constructor) in [Some((slot, constructor)), also].into_iter().flatten() {
                let slot = format_ident!("HPy_{slot}");
                let def = quote!(#support::#def::<#ident>::#constructor(#support::slots::#slot));
                self.defs.extend(quote!(#cfgs #def,));
            }
            return;
        };
        // Hosts that lack the slot find the methods by their names.
        let mut methods = TokenStream::new();
        for (dunder, function) in parts {
            let ident = self.companion();
            let support = &self.support;
            let result = match dunder.kind {
                SlotKind::Next => "next_method_output",
                SlotKind::AsyncNext => "anext_method_output",
                _ => "output",
            };
            let implementation = implementation(function, &ident, Result::Function(result));
            let cfgs = &function.cfgs;
            self.items.extend(quote! {
                #cfgs
                enum #ident {}
                #cfgs
                const _: () = {
                    #implementation
                };
            });
            let name = c_string(dunder.name);
            methods.extend(quote!(#cfgs (#name, &#support::FunctionDef::<#ident>::PAIR),));
        }
        let support = &self.support;
        self.extras.extend(quote!(#cfgs #support::#def::<#ident>::#constructor(#number, &[#methods]),));
    }
}

/// The value where the attributes hold, else the other one.
fn where_cfgs(cfgs: &Cfgs, value: TokenStream, otherwise: &TokenStream) -> TokenStream {
    if cfgs.is_empty() {
        return value;
    }
    quote!({
        #[allow(unused_mut, unused_assignments)]
        {
            let mut found = #otherwise;
            #cfgs
            { found = #value; }
            found
        }
    })
}

/// One function of a slot's trait.
struct Part<'a> {
    function: &'a Function,
    name: Ident,
    body: Body<'a>,
}

impl<'a> Part<'a> {
    fn new(function: &'a Function, name: &str, result: Result<'a>, operands: bool) -> Self {
        let body = Body::new(function, Arrival::Slot { operands }, result);
        Part { function, name: format_ident!("{name}"), body }
    }

    fn emit(&self, krate: &syn::Path, class: &Ident, output: &TokenStream) -> TokenStream {
        let Part { function, name, body } = self;
        let Body { ctx, this, .. } = body;
        let args: Vec<_> = (0..function.params.len()).map(slot_argument).collect();
        quote! {
            #[inline(always)]
            fn #name<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #krate::Ref<'_, '__ctx, #class>,
                #(#args: #krate::Ref<'_, '__ctx>,)*
            ) -> #krate::Result<#output> {
                #body
            }
        }
    }
}

/// Is it an operator of two instances of the class?
fn is_pair(dunder: &Dunder, function: &Function) -> bool {
    dunder.kind == SlotKind::Operator && dunder.part == "forward" && takes_a_pair(function)
}

/// What such an operator does with the two values.
fn pair_operator(
    krate: &syn::Path,
    class: &Ident,
    support: &TokenStream,
    ident: &Ident,
    function: &Function,
) -> TokenStream {
    let body = Body::new(function, Arrival::Pair, Result::Function("output"));
    let (ctx, this, other) = (&body.ctx, local("__self"), holder(0));
    let value = quote!(impl ::core::ops::Deref<Target = #class>);
    quote! {
        impl #support::PairOperator for #ident {
            #[inline(always)]
            fn pair<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #value,
                #other: #value,
            ) -> #krate::Result<#krate::Handle<'__ctx>> {
                #body
            }
        }
    }
}

fn slot_part(
    krate: &syn::Path,
    class: &Ident,
    dunder: &Dunder,
    kind: SlotKind,
    function: &Function,
) -> TokenStream {
    let object = quote!(#krate::Handle<'__ctx>);
    let (result, output) = match dunder.output {
        Output::Object => (Result::Function("output"), object),
        Output::InPlace => (Result::InPlace, object),
        Output::Nothing => (Result::Function("unit_output"), quote!(())),
        Output::Length => (Result::Function("len_output"), quote!(::core::primitive::isize)),
        Output::Truth => (Result::Function("bool_output"), quote!(::core::primitive::bool)),
        Output::HashValue => (Result::Function("hash_output"), quote!(::core::primitive::isize)),
        // `Table::buffer` has its own.
        Output::Memory => (Result::Function("output"), object),
        Output::NextItem => (Result::Function("next_output"), quote!(::core::option::Option<#object>)),
    };
    let operands = dunder.asks_the_other_operand();
    let part = Part::new(function, dunder.part, result, operands);
    let Body { ctx, this, .. } = &part.body;
    let body = if is_pair(dunder, function) {
        let (support, other) = (support(krate), slot_argument(0));
        quote!(#support::forward_pair::<Self>(#ctx, #this, #other))
    } else {
        part.body.to_token_stream()
    };
    let args: Vec<_> = (0..function.params.len()).map(slot_argument).collect();
    let part_name = &part.name;
    let further = match (kind, dunder.part) {
        // `pow(a, b)` passes None as the third, which a method with one parameter does not want.
        (SlotKind::Power, _) if function.params.len() == 1 => {
            let modulo = local("__modulo");
            Some(quote!(#modulo: #krate::Ref<'_, '__ctx>,))
        }
        (SlotKind::GetAttr, "missing") => {
            let error = local("__error");
            Some(quote!(#error: #krate::Error,))
        }
        _ => None,
    };
    let ignore = further.as_ref().map(|_| match kind {
        SlotKind::Power => {
            let modulo = local("__modulo");
            quote!(let _ = #modulo;)
        }
        _ => {
            let error = local("__error");
            quote!(::core::mem::drop(#error);)
        }
    });
    quote! {
        #[inline(always)]
        fn #part_name<'__ctx>(
            #ctx: #krate::Context<'__ctx>,
            #this: #krate::Ref<'_, '__ctx, #class>,
            #(#args: #krate::Ref<'_, '__ctx>,)*
            #further
        ) -> #krate::Result<#output> {
            #ignore
            #body
        }
    }
}

/// The one function of a comparison: `__richcmp__`, or a method for each operator.
fn comparison(
    krate: &syn::Path,
    class: &Ident,
    support: &TokenStream,
    parts: &[(&Dunder, &Function)],
) -> TokenStream {
    let object = quote!(#krate::Handle<'__ctx>);
    let [ctx, this, other, op] = ["__ctx", "__this", "__arg0", "__op"].map(local);
    let mut arms = TokenStream::new();
    let mut functions = TokenStream::new();
    let all = parts.iter().find(|(dunder, _)| dunder.part == "all");
    if let Some((_, function)) = all {
        let body = Body::new(function, Arrival::Slot { operands: true }, Result::Function("output"));
        return quote! {
            #[inline(always)]
            fn call<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #krate::Ref<'_, '__ctx, #class>,
                #other: #krate::Ref<'_, '__ctx>,
                #op: #krate::CompareOp,
            ) -> #krate::Result<#object> {
                #body
            }
        };
    }
    for (dunder, function) in parts {
        let part = Part::new(function, dunder.part, Result::Function("output"), true);
        functions.extend(part.emit(krate, class, &object));
        let (operator, name) = (operator(dunder.part), format_ident!("{}", dunder.part));
        let cfgs = &function.cfgs;
        arms.extend(quote!(#cfgs #krate::CompareOp::#operator => #name(#ctx, #this, #other),));
    }
    let has = |part: &str| parts.iter().any(|(dunder, _)| dunder.part == part);
    if has("eq") && !has("ne") {
        arms.extend(quote! {
            #krate::CompareOp::Ne => #support::not_equal(#ctx, eq(#ctx, #this, #other)?),
        });
    }
    quote! {
        #[inline(always)]
        fn call<'__ctx>(
            #ctx: #krate::Context<'__ctx>,
            #this: #krate::Ref<'_, '__ctx, #class>,
            #other: #krate::Ref<'_, '__ctx>,
            #op: #krate::CompareOp,
        ) -> #krate::Result<#object> {
            #functions
            #[allow(unreachable_patterns)]
            match #op {
                #arms
                _ => #support::not_implemented(#ctx),
            }
        }
    }
}

fn operator(part: &str) -> Ident {
    format_ident!(
        "{}",
        match part {
            "lt" => "Lt",
            "le" => "Le",
            "eq" => "Eq",
            "ne" => "Ne",
            "gt" => "Gt",
            _ => "Ge",
        }
    )
}
