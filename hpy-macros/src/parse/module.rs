//! Parses modules: which of their items Python gets.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{
    Attribute, Ident, ImplItem, Item, ItemConst, ItemEnum, ItemFn, ItemImpl, ItemMod, ItemStatic, ItemStruct,
    ItemUse, Path, StaticMutability, Type, UseTree,
};

use super::enum_class::class_of_enum;
use super::function::init_args;
use super::methods::KINDS;
use super::py_enum::enumeration;
use super::{bare, function, generic_class, methods, output_span};
use crate::errors::Errors;
use crate::grammar::attribute::Taken;
use crate::grammar::options::{ConstantOptions, ModuleOptions};
use crate::grammar::{attribute, options};
use crate::model::{Cfgs, Class, Doc, Entry, Instance, Methods, Module, Name, What};
use crate::{messages as say, protocol};

/// Reads a module.
pub(crate) fn module(options: TokenStream, item: &mut ItemMod, errors: &mut Errors) -> Module {
    let options = ModuleOptions::parse(options, errors);
    let mut reader = Reader {
        krate: options.krate.unwrap_or_else(attribute::default_crate),
        entries: Vec::new(),
        generic: HashMap::new(),
        without_methods: Vec::new(),
        errors,
    };
    match &mut item.content {
        Some((_, items)) => {
            let generic =
                |item: &&mut Item| matches!(item, Item::Impl(item) if generic_class::is_generic(item));
            items.iter_mut().filter(|item| !generic(item)).for_each(|item| reader.item(item));
            // Their classes are known now.
            items.iter_mut().filter(generic).for_each(|item| reader.item(item));
        }
        None => reader.errors.at(&item.ident, say::module_not_inline(&item.ident.to_string())),
    }
    reader.forgotten_methods();
    let Reader { krate, entries, errors, .. } = reader;
    Module {
        name: options.name.unwrap_or_else(|| Name::of(&item.ident)),
        doc: Doc::of(&item.attrs, errors),
        gil: options.gil,
        embedded: options.embedded,
        submodule: options.submodule,
        entries,
        krate,
    }
}

struct Reader<'a> {
    krate: Path,
    entries: Vec<Entry>,
    /// The instances of the structs that are classes.
    generic: HashMap<String, Vec<Instance>>,
    /// Dunder methods in `impl` blocks that are not `#[methods]`, and the types of the blocks.
    without_methods: Vec<(String, Ident)>,
    errors: &'a mut Errors,
}

/// Our attributes, and what they go on.
const ATTRIBUTES: [(&str, &str); 7] = [
    ("function", "a function"),
    ("init", "a function"),
    ("export", "a `const` or a `use`"),
    ("class", "a struct, an enum or a `use`"),
    ("enumeration", "an enum or a `use`"),
    ("methods", "an `impl` block of a class"),
    ("module", "a `mod` or a `use`"),
];

/// The kind of items that a `use` adds to the module.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Exported {
    Function,
    Class,
    Enumeration,
    Submodule,
}

impl Reader<'_> {
    fn item(&mut self, item: &mut Item) {
        match item {
            Item::Fn(item) => self.function(item),
            Item::Const(item) => self.constant(item),
            Item::Use(item) => self.import(item),
            Item::Static(item) => self.global(item),
            Item::Struct(item) => self.class(item),
            Item::Enum(item) => self.class_of_enum(item),
            Item::Union(item) => self.misplaced(&mut item.attrs),
            Item::Mod(item) => self.submodule(item),
            Item::Impl(item) => self.methods(item),
            Item::Trait(item) => self.misplaced(&mut item.attrs),
            Item::TraitAlias(item) => self.misplaced(&mut item.attrs),
            Item::Type(item) => self.misplaced(&mut item.attrs),
            Item::Macro(item) => self.misplaced(&mut item.attrs),
            Item::ExternCrate(item) => self.misplaced(&mut item.attrs),
            Item::ForeignMod(item) => self.misplaced(&mut item.attrs),
            _ => {}
        }
    }

    fn take(&mut self, attrs: &mut Vec<Attribute>, name: &str) -> Vec<Taken> {
        attribute::take(attrs, name, &self.krate, self.errors)
    }

    /// Our attributes on items that can't have them.
    fn misplaced(&mut self, attrs: &mut Vec<Attribute>) {
        for (name, on) in ATTRIBUTES {
            for taken in self.take(attrs, name) {
                self.errors.span(taken.span, say::misplaced(name, on));
            }
        }
    }

    /// A module in the module: it expands by itself.
    fn submodule(&mut self, item: &mut ItemMod) {
        let taken = self.take(&mut item.attrs, "module");
        self.misplaced(&mut item.attrs);
        if taken.is_empty() {
            self.no_submodules(item);
        }
        for Taken { options, condition, .. } in taken {
            // The submodule reports what is wrong with them.
            let own = ModuleOptions::parse(options.clone(), &mut Errors::default());
            let krate = &self.krate;
            let inherited = own.krate.is_none().then(|| {
                let krate = krate.to_token_stream().to_string();
                quote!(crate = #krate,)
            });
            let attr = quote!(#krate::module(submodule, #inherited #options));
            item.attrs.push(match &condition {
                None => syn::parse_quote!(#[#attr]),
                Some(condition) => syn::parse_quote!(#[cfg_attr(#condition, #attr)]),
            });
            self.entries.push(Entry {
                name: Some(own.name.unwrap_or_else(|| Name::of(&item.ident))),
                what: What::Submodule(item.ident.clone(), None),
                cfgs: Cfgs::of(&item.attrs).and(condition.as_ref()),
            });
        }
    }

    /// Python would not get these.
    fn no_submodules(&mut self, item: &mut ItemMod) {
        for item in item.content.iter_mut().flat_map(|(_, items)| items) {
            if let Item::Mod(item) = item {
                for taken in self.take(&mut item.attrs, "module") {
                    self.errors.span(taken.span, say::NESTED_MODULE);
                }
                self.no_submodules(item);
            }
        }
    }

    fn function(&mut self, item: &mut ItemFn) {
        for taken in self.take(&mut item.attrs, "export") {
            self.errors.span(taken.span, say::EXPORT_FUNCTION);
        }
        let init = self.take(&mut item.attrs, "init");
        let taken = self.take(&mut item.attrs, "function");
        if let (Some(_), Some(both)) = (init.first(), taken.first()) {
            self.errors.span(both.span, say::FUNCTION_AND_INIT);
        } else if !taken.is_empty() {
            super::rust_signature(&item.sig, self.errors);
            for function in function(taken, item, &self.krate, self.errors) {
                let (name, cfgs) = (Some(function.name.clone()), function.cfgs.clone());
                self.entries.push(Entry { name, what: What::Function(Box::new(function)), cfgs });
            }
        } else if !init.is_empty() {
            super::rust_signature(&item.sig, self.errors);
            let args = init_args(item, &self.krate, self.errors);
            for taken in init {
                options::none(taken.options, self.errors);
                let what = What::Init {
                    ident: item.sig.ident.clone(),
                    args: args.clone(),
                    output: output_span(&item.sig),
                };
                let cfgs = Cfgs::of(&item.attrs).and(taken.condition.as_ref());
                self.entries.push(Entry { name: None, what, cfgs });
            }
        }
    }

    fn class(&mut self, item: &mut ItemStruct) {
        for taken in self.take(&mut item.attrs, "class") {
            self.generic.insert(item.ident.to_string(), options::instances(&taken.options));
            for class in generic_class::classes(taken, item, &self.krate, self.errors) {
                self.add_class(class);
            }
        }
        self.misplaced(&mut item.attrs);
    }

    fn class_of_enum(&mut self, item: &mut ItemEnum) {
        for taken in self.take(&mut item.attrs, "class") {
            let class = class_of_enum(taken, item, &self.krate, self.errors);
            self.add_class(class);
        }
        for taken in self.take(&mut item.attrs, "enumeration") {
            let enumeration = enumeration(taken, item, &self.krate, self.errors);
            let (name, cfgs) = (Some(enumeration.name.clone()), enumeration.cfgs.clone());
            self.entries.push(Entry { name, what: What::Enumeration(Box::new(enumeration)), cfgs });
        }
        self.misplaced(&mut item.attrs);
    }

    fn add_class(&mut self, class: Class) {
        let (name, cfgs) = (Some(class.name.clone()), class.cfgs.clone());
        self.entries.push(Entry { name, what: What::Class(Box::new(class)), cfgs });
    }

    fn methods(&mut self, item: &mut ItemImpl) {
        let taken = self.take(&mut item.attrs, "methods");
        if taken.is_empty() {
            self.look_for_methods(item);
        }
        for taken in taken {
            let all = if generic_class::is_generic(item) {
                generic_class::methods(&taken, item, &self.generic, &self.krate, self.errors)
            } else {
                methods(taken, item, &self.krate, self.errors).into_iter().collect()
            };
            all.into_iter().for_each(|methods| self.add_methods(methods));
        }
        self.misplaced(&mut item.attrs);
    }

    /// Reports an `impl` block that lacks `#[methods]` by mistake.
    fn look_for_methods(&mut self, item: &mut ItemImpl) {
        let class = match bare(&item.self_ty) {
            Type::Path(path) if item.trait_.is_none() => {
                path.path.segments.last().map(|last| last.ident.to_string())
            }
            _ => None,
        };
        for item in &mut item.items {
            let (attrs, method) = match item {
                ImplItem::Fn(item) => (&mut item.attrs, Some(&item.sig.ident)),
                ImplItem::Const(item) => (&mut item.attrs, None),
                _ => continue,
            };
            let mut ours: Vec<Taken> = Vec::new();
            for name in KINDS.into_iter().chain(["hpy"]) {
                ours.extend(attribute::take(attrs, name, &self.krate, self.errors));
            }
            match (ours.first(), &class, method) {
                (Some(taken), ..) => self.errors.span(taken.span, say::METHODS_FORGOTTEN),
                (None, Some(class), Some(ident)) if protocol::is_special(&ident.unraw().to_string()) => {
                    self.without_methods.push((class.clone(), ident.clone()));
                }
                _ => {}
            }
        }
    }

    /// Python would see nothing of these.
    fn forgotten_methods(&mut self) {
        for (of, method) in &self.without_methods {
            let class = |entry: &Entry| matches!(&entry.what, What::Class(class) if class.ident == of);
            if self.generic.contains_key(of) || self.entries.iter().any(class) {
                self.errors.span(method.span(), say::METHODS_FORGOTTEN);
            }
        }
    }

    /// Several blocks of one class become one.
    fn add_methods(&mut self, methods: Methods) {
        let same = |known: &&mut Entry| match &known.what {
            What::Methods(known) => known.ident == methods.ident,
            _ => false,
        };
        match self.entries.iter_mut().find(same) {
            Some(Entry { what: What::Methods(known), .. })
                if known.cfgs.is_empty() && methods.cfgs.is_empty() =>
            {
                known.methods.extend(methods.methods);
            }
            _ => {
                let cfgs = methods.cfgs.clone();
                self.entries.push(Entry { name: None, what: What::Methods(Box::new(methods)), cfgs });
            }
        }
    }

    fn constant(&mut self, item: &mut ItemConst) {
        let mut taken = self.take(&mut item.attrs, "export");
        if !taken.is_empty() {
            attribute::add_options(&mut taken, &mut item.attrs, &self.krate, self.errors);
        }
        for taken in taken {
            let options = ConstantOptions::parse(taken.options, self.errors);
            if item.ident == "_" {
                self.errors.span(item.ident.span(), say::UNNAMED);
            }
            self.entries.push(Entry {
                name: Some(options.name.unwrap_or_else(|| Name::of(&item.ident))),
                what: What::Constant(item.ident.clone(), item.ty.span()),
                cfgs: Cfgs::of(&item.attrs).and(taken.condition.as_ref()),
            });
        }
        self.misplaced(&mut item.attrs);
    }

    fn import(&mut self, item: &mut ItemUse) {
        for taken in self.take(&mut item.attrs, "export") {
            options::none(taken.options, self.errors);
            let cfgs = Cfgs::of(&item.attrs).and(taken.condition.as_ref());
            self.exported(&item.tree, &cfgs, Exported::Function);
        }
        let kinds = [
            ("class", Exported::Class),
            ("enumeration", Exported::Enumeration),
            ("module", Exported::Submodule),
        ];
        for (attribute, kind) in kinds {
            for taken in self.take(&mut item.attrs, attribute) {
                options::none(taken.options, self.errors);
                let cfgs = Cfgs::of(&item.attrs).and(taken.condition.as_ref());
                self.exported(&item.tree, &cfgs, kind);
            }
        }
        self.misplaced(&mut item.attrs);
    }

    /// The functions of `#[export] use a::{b, c as d};`, or the classes of `#[class] use …`. The `use` itself brings each into the module together with
    /// the type that has its name, under the new name if there is one.
    fn exported(&mut self, tree: &UseTree, cfgs: &Cfgs, kind: Exported) {
        let mut add = |from: &Ident, to: &Ident| {
            if from == "self" {
                self.errors.span(from.span(), say::EXPORT_SELF);
            } else if to == "_" {
                self.errors.span(to.span(), say::UNNAMED);
            } else if kind == Exported::Submodule {
                let renamed = (from.unraw() != to.unraw()).then(|| Name::of(to));
                self.entries.push(Entry {
                    name: Some(Name::of(to)),
                    what: What::Submodule(to.clone(), renamed),
                    cfgs: cfgs.clone(),
                });
            } else if kind != Exported::Function {
                let what = match kind {
                    Exported::Class => What::ExportClass(to.clone()),
                    _ => What::ExportEnumeration(to.clone()),
                };
                self.entries.push(Entry { name: Some(Name::of(from)), what, cfgs: cfgs.clone() });
            } else {
                self.entries.push(Entry {
                    name: Some(Name::of(to)),
                    what: What::Export { ident: to.clone(), renamed: from.unraw() != to.unraw() },
                    cfgs: cfgs.clone(),
                });
            }
        };
        match tree {
            UseTree::Path(path) => self.exported(&path.tree, cfgs, kind),
            UseTree::Name(name) => add(&name.ident, &name.ident),
            UseTree::Rename(rename) => add(&rename.ident, &rename.rename),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.exported(tree, cfgs, kind)),
            UseTree::Glob(glob) => self.errors.at(glob, say::EXPORT_GLOB),
        }
    }

    fn global(&mut self, item: &mut ItemStatic) {
        for taken in self.take(&mut item.attrs, "export") {
            self.errors.span(taken.span, say::EXPORT_STATIC);
        }
        self.misplaced(&mut item.attrs);
        if !is_global(&item.ty) {
            return;
        }
        if let StaticMutability::Mut(token) = &item.mutability {
            self.errors.at(token, say::GLOBAL_MUT);
        }
        self.entries.push(Entry {
            name: None,
            what: What::Global(item.ident.clone()),
            cfgs: Cfgs::of(&item.attrs),
        });
    }
}

/// Is it the type `Global` or `Global<T>`, by its name?
fn is_global(ty: &Type) -> bool {
    let Type::Path(path) = bare(ty) else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident == "Global")
}
