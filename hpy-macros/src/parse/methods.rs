//! Parses `impl` blocks: what each function is in Python.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, FnArg, Ident, ImplItem, ImplItemFn, ItemImpl, Path, Type};

use super::bare;
use super::function::{RustParam, Source, handle_of, method_params};
use crate::errors::Errors;
use crate::grammar::attribute::Taken;
use crate::grammar::options::ConstantOptions;
use crate::grammar::{attribute, options};
use crate::model::{
    Arg, Cfgs, Doc, Function, Method, MethodKind, Methods, Name, Receiver, TextSignature, This,
};
use crate::{messages as say, protocol};

/// Reads an `impl` block.
pub(crate) fn methods(
    taken: Taken,
    item: &mut ItemImpl,
    krate: &Path,
    errors: &mut Errors,
) -> Option<Methods> {
    let krate = options::krate_only(taken.options, errors).unwrap_or_else(|| krate.clone());
    let ident = match bare(&item.self_ty) {
        Type::Path(path) if path.path.get_ident().is_some() => path.path.get_ident()?.clone(),
        ty => {
            errors.at(ty, say::METHODS_TYPE);
            return None;
        }
    };
    if let Some(param) = item.generics.params.first() {
        errors.at(param, say::CLASS_GENERIC);
    }
    let cfgs = Cfgs::of(&item.attrs).and(taken.condition.as_ref());
    let mut reader = Reader { class: ident.clone(), krate: krate.clone(), errors, methods: Vec::new() };
    for item in &mut item.items {
        match item {
            ImplItem::Fn(item) => reader.function(item),
            ImplItem::Const(item) => reader.constant(item),
            ImplItem::Macro(item) => reader.errors.at(&item.mac.path, say::MACRO_IN_METHODS),
            _ => {}
        }
    }
    let mut methods = reader.methods;
    if let Some((_, path, _)) = &item.trait_ {
        methods.iter_mut().for_each(|method| method.function.of_trait = Some(path.clone()));
    }
    Some(Methods { ident, methods, cfgs, krate })
}

struct Reader<'a> {
    class: Ident,
    krate: Path,
    errors: &'a mut Errors,
    methods: Vec<Method>,
}

/// The attributes that say what a method is; more than one is a mistake.
pub(super) const KINDS: [&str; 7] =
    ["new", "getter", "setter", "deleter", "staticmethod", "classmethod", "classattr"];

impl Reader<'_> {
    fn take(&mut self, attrs: &mut Vec<Attribute>, name: &str) -> Vec<Taken> {
        attribute::take(attrs, name, &self.krate, self.errors)
    }

    fn function(&mut self, item: &mut ImplItemFn) {
        super::rust_signature(&item.sig, self.errors);
        let mut found: Vec<(&str, Taken)> = Vec::new();
        for name in KINDS {
            let taken = self.take(&mut item.attrs, name);
            found.extend(taken.into_iter().map(|taken| (name, taken)));
        }
        let hpy = self.take(&mut item.attrs, "hpy").into_iter().next();
        let mut hpy =
            hpy.unwrap_or(Taken { options: TokenStream::new(), span: Span::call_site(), condition: None });
        if let [(one, _), (two, taken), ..] = found.as_slice() {
            self.errors.span(taken.span, say::two_kinds(one, two));
        }
        let name = item.sig.ident.unraw().to_string();
        let (kind, attribute) = match found.into_iter().next() {
            Some((kind, taken)) => (kind, Some(taken)),
            // As in a class written in Python.
            None if protocol::CLASS_METHODS.contains(&name.as_str()) => ("classmethod", None),
            None => ("", None),
        };
        if let ("new" | "staticmethod" | "classmethod" | "classattr", Some(taken)) = (kind, &attribute) {
            hpy.add(taken.options.clone());
        }
        let receiver = self.receiver(item);
        let dunder = if kind.is_empty() { protocol::find(&name) } else { None };
        let mut params = method_params(&mut item.sig, &self.krate, self.errors);
        for param in &mut params {
            name_self(&mut param.ty, &self.class);
        }
        let class = self.class.clone();
        let takes_slf = params.first().is_some_and(|param| {
            param.name().trim_start_matches('_') == "slf" && handle_of(&param.ty).is_some()
        });
        let this = match kind {
            "new" | "classmethod" => This::Class(class),
            "staticmethod" | "classattr" => This::Nothing(class),
            _ if kind.is_empty() && name == "__new__" => This::Class(class),
            _ => {
                if receiver.is_none() && !takes_slf {
                    self.errors.span(item.sig.ident.span(), say::no_receiver(&name, kind));
                }
                This::Instance(class, receiver)
            }
        };
        if let (Some(receiver), This::Class(_) | This::Nothing(_)) = (receiver, &this) {
            self.errors.span(receiver.span, say::receiver_not_wanted(kind));
        }
        let source = Source { attrs: &item.attrs, vis: &item.vis, sig: &item.sig, krate: &self.krate };
        let mut function = match dunder {
            Some(dunder) => self.dunder(dunder, item, &params, hpy, this),
            None => source.read(&params, hpy, this, self.errors),
        };
        for param in &mut function.params {
            if let Some(default) = &mut param.default {
                NameSelf(&self.class).visit_expr_mut(default);
            }
        }
        let is_new = matches!(function.this, This::Class(_)) && (kind == "new" || name == "__new__");
        let called_by_python = is_new || kind.is_empty() && ["__init__", "__call__"].contains(&name.as_str());
        if called_by_python && function.ident.unraw() != function.name.text {
            let known = if is_new { "__new__" } else { name.as_str() };
            self.errors.span(function.name.span, say::name_of_python(known));
        }
        if is_new {
            function.name.text = "__new__".to_owned();
        }
        if let ("getter" | "setter" | "deleter" | "classattr", TextSignature::Text(_)) =
            (kind, &function.text_signature)
        {
            self.errors.span(function.ident.span(), say::TEXT_SIGNATURE_OF_ATTRIBUTE);
        }
        let what = match kind {
            "new" => MethodKind::New,
            "getter" | "setter" | "deleter" => {
                if let Some(taken) = attribute {
                    self.attribute_name(kind, taken, &mut function);
                }
                self.attribute_params(kind, item, &function);
                match kind {
                    "getter" => MethodKind::Getter,
                    "setter" => MethodKind::Setter,
                    _ => MethodKind::Deleter,
                }
            }
            "staticmethod" => MethodKind::Static,
            "classmethod" => MethodKind::Class,
            "classattr" => MethodKind::Attribute { constant: false },
            _ => match (name.as_str(), dunder) {
                ("__new__", _) => MethodKind::New,
                ("__init__", _) => MethodKind::Init,
                ("__call__", _) => MethodKind::Call,
                (_, Some(dunder)) => MethodKind::Slot(dunder),
                _ => MethodKind::Plain,
            },
        };
        if let MethodKind::Attribute { .. } = what {
            if let Some(param) = function.params.first() {
                self.errors.span(param.name.span, say::CLASSATTR_PARAMETER);
            }
        }
        self.methods.push(Method { what, function });
    }

    /// `&self` or `&mut self`.
    fn receiver(&mut self, item: &ImplItemFn) -> Option<Receiver> {
        let Some(FnArg::Receiver(receiver)) = item.sig.inputs.first() else { return None };
        if receiver.reference.is_none() || receiver.colon_token.is_some() {
            self.errors.at(receiver, say::RECEIVER_FORM);
        }
        Some(Receiver { mutable: receiver.mutability.is_some(), span: receiver.self_token.span })
    }

    /// A dunder method with a slot: Python passes it exactly the arguments of the slot.
    fn dunder(
        &mut self,
        dunder: &'static protocol::Dunder,
        item: &ImplItemFn,
        rust: &[RustParam],
        hpy: Taken,
        this: This,
    ) -> Function {
        let source = Source { attrs: &item.attrs, vis: &item.vis, sig: &item.sig, krate: &self.krate };
        if !hpy.options.is_empty() {
            self.errors.span(hpy.span, say::dunder_options(dunder.name));
        }
        let hpy = Taken { options: TokenStream::new(), ..hpy };
        let mut function = source.read(rust, hpy, this, self.errors);
        if dunder.part == "all" {
            self.comparison(rust, &mut function);
        }
        let given = function.params.len();
        // The memory must belong to the value, so there is nothing to take it from but `self`.
        let takes_more = dunder.kind == protocol::SlotKind::Buffer && !rust.is_empty();
        let fewer_is_fine = dunder.slot == "nb_power" && given == 1;
        if given != dunder.args && !fewer_is_fine || takes_more {
            self.errors.span(item.sig.ident.span(), say::dunder_signature(dunder.name, dunder.example));
        }
        for param in &mut function.params {
            param.kind = crate::model::Kind::PositionalOnly;
        }
        function.text_signature = TextSignature::Own;
        function
    }

    /// The `op` of `__richcmp__`, which is no Python object.
    fn comparison(&mut self, rust: &[RustParam], function: &mut Function) {
        let is_op = |ty: &Type| {
            let Type::Path(path) = bare(ty) else { return false };
            path.path.segments.last().is_some_and(|last| last.ident == "CompareOp")
        };
        let Some(at) = rust.iter().position(|param| is_op(&param.ty)) else { return };
        let Some(Arg::Python(index)) = function.args.get(at).copied() else { return };
        function.args[at] = Arg::CompareOp;
        function.params.remove(index);
        for arg in &mut function.args {
            match arg {
                Arg::Python(other) if *other > index => *other -= 1,
                _ => {}
            }
        }
    }

    /// `#[getter(name)]`; or `get_name` and `set_name`.
    fn attribute_name(&mut self, kind: &str, taken: Taken, function: &mut Function) {
        if !taken.options.is_empty() {
            match syn::parse2::<Ident>(taken.options.clone()) {
                Ok(ident) => function.name = Name::of(&ident),
                Err(_) => match syn::parse2::<syn::LitStr>(taken.options) {
                    Ok(text) => function.name = Name { text: text.value(), span: text.span() },
                    Err(error) => self.errors.span(error.span(), say::attribute_name_form(kind)),
                },
            }
            return;
        }
        let prefix = match kind {
            "getter" => "get_",
            "setter" => "set_",
            _ => "delete_",
        };
        let own = function.ident.unraw().to_string();
        if function.name.text == own {
            if let Some(name) = own.strip_prefix(prefix).filter(|name| !name.is_empty()) {
                function.name.text = name.to_owned();
            }
        }
    }

    fn attribute_params(&mut self, kind: &str, item: &ImplItemFn, function: &Function) {
        let wanted = usize::from(kind == "setter");
        if function.params.len() != wanted {
            self.errors.span(item.sig.ident.span(), say::attribute_signature(kind));
        }
    }

    fn constant(&mut self, item: &mut syn::ImplItemConst) {
        for taken in self.take(&mut item.attrs, "classattr") {
            let options = ConstantOptions::parse(taken.options, self.errors);
            let function = Function {
                ident: item.ident.clone(),
                vis: item.vis.clone(),
                name: options.name.unwrap_or_else(|| Name::of(&item.ident)),
                doc: Doc::default(),
                text_signature: TextSignature::Hidden,
                detach: false,
                of_trait: None,
                this: This::Nothing(self.class.clone()),
                args: Vec::new(),
                params: Vec::new(),
                output: item.ty.span(),
                owned_output: false,
                cfgs: Cfgs::of(&item.attrs).and(taken.condition.as_ref()),
                krate: self.krate.clone(),
            };
            self.methods.push(Method { what: MethodKind::Attribute { constant: true }, function });
        }
        for name in KINDS {
            for taken in self.take(&mut item.attrs, name) {
                self.errors.span(taken.span, say::misplaced(name, "a function"));
            }
        }
    }
}

/// Writes the class's name for `Self`, which means something else where the code is used.
fn name_self(ty: &mut Type, class: &Ident) {
    NameSelf(class).visit_type_mut(ty);
}

struct NameSelf<'a>(&'a Ident);

impl VisitMut for NameSelf<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        if let Some(first) = path.segments.first_mut() {
            if first.ident == "Self" {
                first.ident = Ident::new(&self.0.to_string(), first.ident.span());
            }
        }
        visit_mut::visit_path_mut(self, path);
    }
}
