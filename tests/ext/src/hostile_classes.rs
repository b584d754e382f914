//! Classes that hostile Python code tries to break.

#[hpy::module]
mod hostile_classes {
    use hpy::types::Tuple;
    use hpy::{CallArgs, CompareOp, Field, Handle, Result};

    crate::alive::counted!();

    #[function]
    fn alive() -> usize {
        Alive::count()
    }

    /// Every dunder method asks a function of Python.
    #[class(subclass)]
    struct Puppet {
        function: Field,
        _alive: Alive,
    }

    /// Asks the function of a puppet.
    fn ask<'ctx>(puppet: &Handle<'ctx, Puppet>, args: impl CallArgs<'ctx>) -> Result<Handle<'ctx>> {
        let function = puppet.borrow()?.function.load(puppet);
        match function {
            Some(function) => function.call(args),
            None => Ok(puppet.ctx().none().to_owned().into_any()),
        }
    }

    #[methods]
    impl Puppet {
        #[new]
        #[hpy(signature = (function = None))]
        fn new(function: Option<Handle<'_>>) -> Self {
            Puppet { function: function.into(), _alive: Alive::new() }
        }

        #[getter]
        fn function<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.function.load(slf)
        }

        #[setter]
        fn set_function<'ctx>(&self, slf: &Handle<'ctx, Self>, function: &Handle<'ctx>) {
            self.function.store(slf, function);
        }

        #[getter]
        fn asked<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            ask(slf, ("get",))
        }

        #[setter]
        fn set_asked<'ctx>(slf: &Handle<'ctx, Self>, value: &Handle<'ctx>) -> Result<()> {
            ask(slf, ("set", value)).map(drop)
        }

        #[deleter]
        fn delete_asked(slf: &Handle<'_, Self>) -> Result<()> {
            ask(slf, ("delete",)).map(drop)
        }

        fn __repr__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            ask(slf, ("repr",))
        }

        fn __str__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            ask(slf, ("str",))
        }

        fn __hash__(slf: &Handle<'_, Self>) -> Result<i64> {
            ask(slf, ("hash",))?.extract()
        }

        fn __bool__(slf: &Handle<'_, Self>) -> Result<bool> {
            ask(slf, ("bool",))?.extract()
        }

        fn __len__(slf: &Handle<'_, Self>) -> Result<usize> {
            ask(slf, ("len",))?.extract()
        }

        fn __richcmp__<'ctx>(
            slf: &Handle<'ctx, Self>,
            other: &Handle<'ctx>,
            op: CompareOp,
        ) -> Result<Handle<'ctx>> {
            ask(slf, (format!("{op:?}"), other))
        }

        fn __getitem__<'ctx>(slf: &Handle<'ctx, Self>, key: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            ask(slf, ("getitem", key))
        }

        fn __setitem__<'ctx>(
            slf: &Handle<'ctx, Self>,
            key: &Handle<'ctx>,
            value: &Handle<'ctx>,
        ) -> Result<()> {
            ask(slf, ("setitem", key, value)).map(drop)
        }

        fn __delitem__<'ctx>(slf: &Handle<'ctx, Self>, key: &Handle<'ctx>) -> Result<()> {
            ask(slf, ("delitem", key)).map(drop)
        }

        fn __contains__<'ctx>(slf: &Handle<'ctx, Self>, value: &Handle<'ctx>) -> Result<bool> {
            ask(slf, ("contains", value))?.extract()
        }

        fn __iter__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            ask(slf, ("iter",))
        }

        fn __next__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Option<Handle<'ctx>>> {
            ask(slf, ("next",)).map(Some)
        }

        #[hpy(signature = (*args))]
        fn __call__<'ctx>(slf: &Handle<'ctx, Self>, args: &Handle<'ctx, Tuple>) -> Result<Handle<'ctx>> {
            ask(slf, ("call", args))
        }

        fn __add__<'ctx>(slf: &Handle<'ctx, Self>, other: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            ask(slf, ("add", other))
        }

        fn __radd__<'ctx>(slf: &Handle<'ctx, Self>, other: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            ask(slf, ("radd", other))
        }

        fn __iadd__<'ctx>(slf: &Handle<'ctx, Self>, other: &Handle<'ctx>) -> Result<()> {
            ask(slf, ("iadd", other)).map(drop)
        }

        fn __pow__<'ctx>(
            slf: &Handle<'ctx, Self>,
            other: &Handle<'ctx>,
            modulo: &Handle<'ctx>,
        ) -> Result<Handle<'ctx>> {
            ask(slf, ("pow", other, modulo))
        }

        fn __divmod__<'ctx>(slf: &Handle<'ctx, Self>, other: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            ask(slf, ("divmod", other))
        }

        fn __neg__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            ask(slf, ("neg",))
        }

        fn __int__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            ask(slf, ("int",))
        }

        fn __float__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            ask(slf, ("float",))
        }

        fn __index__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            ask(slf, ("index",))
        }

        fn __getattr__<'ctx>(slf: &Handle<'ctx, Self>, name: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            ask(slf, ("getattr", name))
        }

        fn __get__<'ctx>(
            slf: &Handle<'ctx, Self>,
            _instance: &Handle<'ctx>,
            _owner: &Handle<'ctx>,
        ) -> Result<Handle<'ctx>> {
            ask(slf, ("descr_get",))
        }

        fn __set__<'ctx>(
            slf: &Handle<'ctx, Self>,
            _instance: &Handle<'ctx>,
            value: &Handle<'ctx>,
        ) -> Result<()> {
            ask(slf, ("descr_set", value)).map(drop)
        }

        fn __enter__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            ask(slf, ("enter",))
        }

        #[hpy(signature = (*_args))]
        fn __exit__<'ctx>(slf: &Handle<'ctx, Self>, _args: &Handle<'ctx, Tuple>) -> Result<Handle<'ctx>> {
            ask(slf, ("exit",))
        }

        fn __format__<'ctx>(slf: &Handle<'ctx, Self>, spec: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            ask(slf, ("format", spec))
        }

        fn __reversed__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            ask(slf, ("reversed",))
        }

        fn __copy__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            ask(slf, ("copy",))
        }

        fn __await__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            ask(slf, ("await",))
        }
    }

    /// All of it borrows; `hold` calls a function while it is borrowed mutably.
    #[class]
    struct Guarded {
        #[hpy(get, set)]
        number: i64,
        others: Vec<Field>,
        _alive: Alive,
    }

    #[methods]
    impl Guarded {
        #[new]
        fn new(number: i64) -> Self {
            Guarded { number, others: Vec::new(), _alive: Alive::new() }
        }

        fn hold<'ctx>(&mut self, function: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            self.number += 1;
            function.call(())
        }

        fn share<'ctx>(&self, function: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            function.call((self.number,))
        }

        fn push<'ctx>(&mut self, slf: &Handle<'ctx, Self>, other: &Handle<'ctx>) {
            self.others.push(Field::of(slf, other));
        }

        /// Calls a function with each of the others, while they can't be changed.
        fn each<'ctx>(&self, slf: &Handle<'ctx, Self>, function: &Handle<'ctx>) -> Result<usize> {
            for other in &self.others {
                if let Some(other) = other.load(slf) {
                    function.call((other,))?;
                }
            }
            Ok(self.others.len())
        }

        fn __repr__(&self) -> String {
            format!("Guarded({})", self.number)
        }

        fn __hash__(&self) -> i64 {
            self.number
        }

        fn __eq__(&self, other: &Guarded) -> bool {
            self.number == other.number
        }

        fn __bool__(&self) -> bool {
            self.number != 0
        }

        fn __len__(&self) -> usize {
            self.others.len()
        }

        fn __add__(&self, other: &Guarded) -> i64 {
            self.number + other.number
        }

        fn __getitem__(&self, index: i64) -> i64 {
            self.number + index
        }

        fn __contains__(&self, number: i64) -> bool {
            self.number == number
        }

        fn __call__(&self) -> i64 {
            self.number
        }

        fn __iter__(&self) -> hpy::Iter<i64> {
            hpy::Iter::new(0..self.number)
        }
    }

    /// As large as `Same`.
    #[class(subclass)]
    struct One {
        number: u64,
    }

    #[methods]
    impl One {
        #[new]
        fn new(number: u64) -> Self {
            One { number }
        }

        fn show(&self) -> u64 {
            self.number
        }
    }

    /// As large as `One`, but a pointer.
    #[class(subclass)]
    struct Same {
        number: Box<u64>,
    }

    #[methods]
    impl Same {
        #[new]
        fn new(number: u64) -> Self {
            Same { number: Box::new(number) }
        }

        fn show(&self) -> u64 {
            *self.number
        }
    }

    #[function]
    fn peek(same: &Same) -> u64 {
        *same.number
    }

    #[function]
    fn peek_by_handle(same: &Handle<'_, Same>) -> Result<u64> {
        Ok(*same.borrow()?.number)
    }

    /// One number.
    #[class(frozen)]
    struct Small {
        #[hpy(get)]
        number: i32,
        _alive: Alive,
    }

    #[methods]
    impl Small {
        #[new]
        fn new(number: i32) -> Self {
            Small { number, _alive: Alive::new() }
        }
    }
}
