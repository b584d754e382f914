#[automatically_derived]
impl<'__ctx> ::hpy::FromPython<'_, '__ctx> for Config {
    type Error = ::hpy::Error;
    const HINT: ::hpy::Hint = ::hpy::Hint::Name("object with 'name'");
    fn from_python(__value: &::hpy::Handle<'__ctx>) -> ::hpy::Result<Self> {
        ::core::result::Result::Ok(Config {
            name: match ::hpy::impl_::attribute_of(__value, "name")? {
                ::core::option::Option::Some(found) => {
                    ::hpy::impl_::named_field(
                        &found,
                        "name",
                        false,
                        ::hpy::impl_::converted::<String>,
                    )?
                }
                ::core::option::Option::None => {
                    return ::core::result::Result::Err(
                        ::hpy::impl_::missing(__value, "name", false),
                    );
                }
            },
            size_of: match ::hpy::impl_::item_of(__value, "size")? {
                ::core::option::Option::Some(found) => {
                    ::hpy::impl_::named_field(
                        &found,
                        "size",
                        true,
                        ::hpy::impl_::converted::<u8>,
                    )?
                }
                ::core::option::Option::None => 1,
            },
        })
    }
}
#[automatically_derived]
impl<'__ctx> ::hpy::IntoPython<'__ctx> for Config {
    type Target = ::hpy::types::Dict;
    type Error = ::hpy::Error;
    const HINT: ::hpy::Hint = ::hpy::Hint::Generic(
        "dict",
        &[::hpy::Hint::Name("str"), ::hpy::Hint::Name("object")],
    );
    fn into_python(
        self,
        __ctx: ::hpy::Context<'__ctx>,
    ) -> ::hpy::Result<::hpy::Handle<'__ctx, Self::Target>> {
        match self {
            Config { name: __f0, size_of: __f1 } => {
                ::hpy::impl_::dict_from(
                    __ctx,
                    &[
                        ("name", ::hpy::impl_::into_handle(__ctx, __f0)?.into_any()),
                        ("size", ::hpy::impl_::into_handle(__ctx, __f1)?.into_any()),
                    ],
                )
            }
        }
    }
}
#[automatically_derived]
impl<'__ctx, T> ::hpy::FromPython<'_, '__ctx> for Value<T>
where
    T: ::hpy::FromPythonOwned<'__ctx>,
{
    type Error = ::hpy::Error;
    const HINT: ::hpy::Hint = ::hpy::Hint::Union(
        &[
            <T as ::hpy::FromPython<'_, '__ctx>>::HINT,
            ::hpy::Hint::Generic(
                "tuple",
                &[
                    <i64 as ::hpy::FromPython<'_, '__ctx>>::HINT,
                    <T as ::hpy::FromPython<'_, '__ctx>>::HINT,
                ],
            ),
        ],
    );
    fn from_python(__value: &::hpy::Handle<'__ctx>) -> ::hpy::Result<Self> {
        let mut __first = <::hpy::impl_::Failed as ::core::default::Default>::default();
        match (|| -> ::hpy::Result<Self> {
            ::core::result::Result::Ok(Value::One {
                0: ::hpy::impl_::whole(__value, ::hpy::impl_::converted::<T>)?,
            })
        })() {
            ::core::result::Result::Ok(found) => return ::core::result::Result::Ok(found),
            ::core::result::Result::Err(error) => {
                ::hpy::impl_::next_variant(__value, &mut __first, error)?
            }
        }
        match (|| -> ::hpy::Result<Self> {
            let mut __copy = ::core::option::Option::None;
            let __tuple = ::hpy::impl_::tuple_of(
                __value,
                2usize,
                &::hpy::Hint::Generic(
                    "tuple",
                    &[
                        <i64 as ::hpy::FromPython<'_, '__ctx>>::HINT,
                        <T as ::hpy::FromPython<'_, '__ctx>>::HINT,
                    ],
                ),
                &mut __copy,
            )?;
            ::core::result::Result::Ok(Value::Two {
                0: ::hpy::impl_::tuple_item(
                    __tuple,
                    0usize,
                    ::hpy::impl_::converted::<i64>,
                )?,
                1: ::hpy::impl_::tuple_item(
                    __tuple,
                    1usize,
                    ::hpy::impl_::converted::<T>,
                )?,
            })
        })() {
            ::core::result::Result::Ok(found) => return ::core::result::Result::Ok(found),
            ::core::result::Result::Err(error) => {
                ::hpy::impl_::next_variant(__value, &mut __first, error)?
            }
        }
        ::core::result::Result::Err(
            ::hpy::impl_::no_variant(
                __value,
                __first,
                &<Self as ::hpy::FromPython<'_, '__ctx>>::HINT,
            ),
        )
    }
}
