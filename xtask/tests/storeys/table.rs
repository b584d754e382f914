//! The storeys of each crate, the lowest first.

/// A folder of a crate, or a file without its ending. `a/b` is a storey of its own; `a` is then what else there is in the folder.
pub(crate) struct Storey {
    pub(crate) folder: &'static str,
    /// Why its files import each other in a circle, where they do.
    pub(crate) ring: Option<&'static str>,
}

/// An import that runs up and has to.
pub(crate) struct Exception {
    /// From `src`.
    pub(crate) file: &'static str,
    /// What it imports, from the crate's root.
    pub(crate) imports: &'static str,
    pub(crate) reason: &'static str,
}

/// The storeys of a crate.
pub(crate) struct Layers {
    pub(crate) src: &'static str,
    pub(crate) storeys: &'static [Storey],
    pub(crate) exceptions: &'static [Exception],
}

impl Layers {
    /// The storey of a module: the longest path that the module begins with.
    pub(crate) fn storey_of(&self, module: &[String]) -> Option<usize> {
        let found = self.storeys.iter().enumerate().filter(|(_, storey)| {
            let mut rest = module.iter();
            storey.folder.split('/').all(|part| rest.next().is_some_and(|name| name == part))
        });
        found.max_by_key(|(_, storey)| storey.folder.split('/').count()).map(|(at, _)| at)
    }
}

pub(crate) const fn room(folder: &'static str) -> Storey {
    Storey { folder, ring: None }
}

const fn ring(folder: &'static str, reason: &'static str) -> Storey {
    Storey { folder, ring: Some(reason) }
}

pub(crate) const CRATES: &[Layers] = &[
    Layers {
        src: "hpy-host/src",
        storeys: &[
            room("platform"),
            room("capi"),
            room("interp"),
            room("layout"),
            room("instance"),
            room("types"),
            room("context"),
            room("load"),
        ],
        exceptions: &[],
    },
    Layers {
        src: "hpy-debug/src",
        storeys: &[
            room("platform"),
            ring(
                "debug",
                "generated wrappers call those written by hand, and the reports of misuse call the wrappers",
            ),
            ring(
                "trace",
                "generated wrappers count their calls, and the calls have the names of the wrappers",
            ),
        ],
        exceptions: &[],
    },
    Layers {
        src: "hpy/src",
        storeys: &[
            ring("core", "a context makes handles and errors, and both keep the context that they are of"),
            room("convert"),
            room("types"),
            room("buffer"),
            room("call"),
            room("attach"),
            ring(
                "class",
                "the trait `Class` names its base, its payload and its type object, and these name the trait",
            ),
            room("class/tables"),
            room("class/methods"),
            room("class/operators"),
            room("class/derived"),
            room("class/type_object"),
            room("class/iter"),
            room("class/callable"),
            ring("enums", "the class of a variant, its data and its pickling are described by each other"),
            room("module"),
            room("bindgen"),
            room("impl_"),
        ],
        exceptions: &[],
    },
    Layers {
        src: "hpy-macros/src",
        storeys: &[
            room("messages"),
            room("errors"),
            room("protocol"),
            room("model"),
            room("grammar"),
            room("parse"),
            room("check"),
            room("emit"),
            room("expand"),
            room("tests"),
        ],
        exceptions: &[],
    },
];
