"""Rust classes that extend Rust classes, and their Python subclasses."""

import sys
import weakref

import pytest
from conftest import CPYTHON, GRAALPY, HOST, PYPY, collect, ends, known_classes, module

NATIVE = HOST == "native"
# It makes classes of bases whose instances differ, and gives instances any class.
MIXES = PYPY and sys.pypy_version_info[:3] < (7, 4)
only_ours = pytest.mark.skipif(NATIVE, reason="this host can't make such classes; see test_refused_by_other_hosts")


@pytest.fixture(autouse=True, scope="module")
def others():
    """What modules keep for ever is no leak of a test."""
    for name in () if NATIVE else ("extends", "extends_more", "classes", "fields"):
        module(name)


def is_back_at(ext, before):
    def is_back():
        now = ext.alive()
        # GraalPy finds what earlier tests left at any time.
        return now == before or GRAALPY and all(one <= other for one, other in zip(now, before))

    return ends(is_back)


@pytest.mark.skipif(not NATIVE, reason="this host can")
def test_refused_by_other_hosts(ext):
    """The rest of the module works."""
    assert ext.name_of(ext.Animal("Rex")) == "Rex"
    with pytest.raises(TypeError, match="the class Cat extends Animal, which .* can't do; import its module with HPY_HOST=embedded"):
        ext.Cat("Tom")
    with pytest.raises(TypeError, match="the class Kitten extends Cat"):
        ext.Kitten("Tim", 3)
    with pytest.raises(SystemError, match="or this host can't make it"):
        ext.make("Tom")


@only_ours
def test_the_classes(ext):
    assert ext.Cat.__bases__ == (ext.Animal,)
    assert known_classes(ext.Kitten.__mro__) == (ext.Kitten, ext.Cat, ext.Animal, object)
    assert issubclass(ext.Kitten, ext.Animal) and not issubclass(ext.Cat, ext.Kitten)
    assert ext.Kitten.__module__ == "extends"


@only_ours
def test_two_levels(ext):
    cat = ext.Cat("Tom")
    assert (cat.name, cat.lives, cat.sound(), len(cat)) == ("Tom", 9, "meow", 3)
    assert ext.Cat("Tom", lives=3).lives == 3
    cat.name = "Felix"
    assert cat.lose_a_life() == "Felix!"
    assert (cat.name, cat.lives) == ("Felix!", 8)
    assert ext.Animal.sound(cat) == "…"
    assert cat + ext.Animal("Rex") == "Felix! and Rex"
    assert ext.Animal("Rex") + cat == "Rex and Felix!"
    with pytest.raises(ValueError, match="a name is needed"):
        ext.Cat("")
    with pytest.raises(TypeError, match="argument 'lives' must be int"):
        ext.Cat("Tom", "nine")


@only_ours
def test_the_call_of_the_base(ext):
    """Its address stands behind the base's data."""
    cat, wide, animal = ext.Cat("Tom"), ext.Wide(255), ext.Animal("Rex")
    for each in (cat, wide, animal):
        assert [each(2), each(3), each(1)] == [2, 5, 6]
    assert (cat.lives, cat.toy, wide.sum(), wide.lives) == (9, None, 64 * 255, 1)
    cat.toy, cat.friend = animal, wide
    assert (cat(1), cat.toy, cat.friend) == (7, animal, wide)
    with pytest.raises(TypeError, match="__call__\\(\\) argument 'times' must be int"):
        cat("x")


@only_ours
def test_a_base_with_a_dict_and_weak_references(ext):
    twice = module("extends_more").Twice

    class Python(twice):
        pass

    for cls in (twice, Python):
        made = cls(-1)
        made.attribute, made.second = [made], 1 << 62
        assert made(made) is None
        assert (made.first, made.second, made.attribute[0]) == (made, 1 << 62, made)
        weak = weakref.ref(made)
        assert weak() is made
        made.attribute.clear()
        del made
        collect()
        assert GRAALPY or weak() is None
    assert not hasattr(ext.Cat("Tom"), "attribute")


@only_ours
def test_a_dict_that_the_base_has_not(ext):
    collect()
    before = ext.alive()
    loose = module("extends_more").Loose(5)
    loose.attribute = loose
    assert (loose.attribute, loose.number, loose.name, loose(2), loose.__dict__) == (loose, 5, "loose", 2, {"attribute": loose})
    loose.friend = loose
    del loose.attribute
    del loose
    assert is_back_at(ext, before)


@only_ours
def test_three_levels(ext):
    kitten = ext.Kitten("Tim", 3)
    assert (kitten.name, kitten.lives, kitten.weeks, len(kitten)) == ("Tim", 9, 3, 3)
    assert kitten.lives_and_weeks() == (9, 3)
    assert kitten.name_and_sound() == ("Tim", "meow")
    kitten.lose_a_life()
    assert kitten.lives_and_weeks() == (8, 3)
    with pytest.raises(AttributeError):
        kitten.weeks = 4


@only_ours
def test_alignment(ext):
    wides = [ext.Wide(n) for n in range(1, 50)]
    assert [wide.sum() for wide in wides] == [64 * n for n in range(1, 50)]
    assert all((wide.name, wide.lives) == ("wide", 1) for wide in wides)


@only_ours
def test_arguments_that_are_a_base(ext):
    cat, kitten = ext.Cat("Tom"), ext.Kitten("Tim", 3)
    for take in (ext.name_of, ext.borrow_of_handle):
        assert [take(cat), take(kitten), take(ext.Animal("Rex"))] == ["Tom", "Tim", "Rex"]
    ext.rename(kitten, "Tiny")
    assert kitten.name == "Tiny"
    assert ext.kinds(kitten) == (True, True, True)
    assert ext.kinds(cat) == (True, True, False)
    assert ext.kinds(ext.Animal("Rex")) == (True, False, False)
    assert ext.kinds(3) == (False, False, False)
    with pytest.raises(TypeError, match="must be Animal, not int"):
        ext.name_of(3)
    with pytest.raises(TypeError):
        ext.Cat.lose_a_life(ext.Animal("Rex"))
    with pytest.raises(TypeError):
        ext.Kitten.lives_and_weeks(cat)


@only_ours
def test_made_by_rust(ext):
    ghost = ext.ghost()
    assert type(ghost) is ext.Ghost and ghost.name == "Boo" and ghost.sound() == "…"
    with pytest.raises(TypeError, match="cannot create 'Ghost' instances|cannot create '.*Ghost' instances"):
        ext.Ghost()
    made = ext.make("Tom")
    assert type(made) is ext.Cat and made.lives == 3
    assert type(ext.Cat.made_by("Tom")) is ext.Cat


@only_ours
def test_a_base_of_another_module(ext):
    dog = module("extends_more").Dog("Rex", 4)
    assert (dog.name, dog.tricks, dog.sound(), len(dog)) == ("Rex", 4, "woof", 3)
    assert isinstance(dog, ext.Animal)
    assert ext.name_of(dog) == "Rex"


@only_ours
def test_each_value_ends_once(ext):
    collect()
    before = ext.alive()

    def make():
        made = [ext.Animal("a"), ext.Cat("b"), ext.Kitten("c", 1), ext.Wide(1), ext.ghost()]
        return [now - then for now, then in zip(ext.alive(), before)], len(made)

    assert make() == ([5, 3, 1, 0], 5)
    for _ in range(100):
        with pytest.raises(ValueError):
            ext.Cat("")
    assert is_back_at(ext, before)


@only_ours
def test_cycles_through_fields_of_all_levels(ext):
    collect()
    before = ext.alive()

    def make():
        one, two = ext.Cat("one"), ext.Cat("two")
        one.friend, two.toy = two, one
        one.toy, two.friend = one, two
        one.keep(two), two.keep(one)
        alone = ext.Kitten("alone", 1)
        alone.toy = alone
        base = ext.ghost()
        base.friend = base

    for _ in range(50):
        make()
    assert is_back_at(ext, before)


# Python classes on top


@only_ours
def test_python_subclass(ext):
    class Lion(ext.Cat):
        def __new__(cls, name, pride):
            return super().__new__(cls, name, 1)

        def __init__(self, name, pride):
            self.pride = pride

        def sound(self):
            return "roar, not " + super().sound()

    collect()
    before = ext.alive()
    lion = Lion("Leo", ["a"])
    assert (lion.name, lion.lives, lion.pride, lion.sound()) == ("Leo", 1, ["a"], "roar, not meow")
    assert ext.name_of(lion) == "Leo" and lion(2) == 2
    lion.pride.append(lion)
    lion.toy = lion.friend = lion
    del lion
    if not GRAALPY:  # which does not see the list
        assert is_back_at(ext, before)


@only_ours
def test_skipped_constructors(ext):
    """Whatever part has no value says so; the others work."""

    class Bare(ext.Cat):
        def __new__(cls, make):
            return make(cls)

    def check(bare):
        with pytest.raises(TypeError, match="this Cat object has no value: it was made without calling Cat.__new__"):
            bare.lives
        with pytest.raises(TypeError, match="Cat object has no value"):
            bare.lose_a_life()
        with pytest.raises(TypeError, match="Cat object has no value"):
            bare.keep(1)

    for make in (object.__new__, lambda cls: ext.Animal.__new__(cls, "part"), ext.make_of):
        try:
            bare = Bare(make)
        except TypeError:
            continue  # CPython sees that it is not safe
        check(bare)
        try:
            assert bare.name == "part"
        except TypeError as error:
            assert "Animal object has no value" in str(error)
    check(ext.make_of(ext.Cat))
    assert ext.make_of(ext.Cat).name == "part"
    with pytest.raises(TypeError):
        ext.make_of(int)


@only_ours
def test_no_super_init(ext):
    class Quiet(ext.Cat):
        def __init__(self, *args):
            pass

    quiet = Quiet("Tom", 2)
    assert (quiet.name, quiet.lives) == ("Tom", 2)
    quiet.__init__(1, 2, 3)
    quiet.__init__()
    assert (quiet.name, quiet.lives) == ("Tom", 2)


@only_ours
def test_init_twice(ext):
    cat = ext.Cat("Tom", 2)
    for args in ((), ("Other", 5)):
        try:
            cat.__init__(*args)
        except TypeError:
            pass
    assert (cat.name, cat.lives) == ("Tom", 2)


@only_ours
def test_other_class_of_an_instance(ext):
    class One(ext.Cat):
        pass

    class Two(ext.Cat):
        pass

    class OfAnimal(ext.Animal):
        pass

    one = One("Tom")
    one.__class__ = Two
    assert (type(one), one.lives, one.name) == (Two, 9, "Tom")
    for cls in (OfAnimal, ext.Animal, int, type("Plain", (), {})):
        try:
            one.__class__ = cls
        except TypeError:
            continue
        assert MIXES
        with pytest.raises((TypeError, AttributeError)):
            one.lives
        one.__class__ = Two
    for animal in (OfAnimal("Rex"), ext.Animal("Rex")):
        for cls in (ext.Cat, ext.Kitten, One):
            try:
                animal.__class__ = cls
            except TypeError:
                continue
            assert MIXES, "an Animal has no room for a %s" % cls.__name__
            # Its memory is still an Animal's.
            uses = [lambda: animal.lives, lambda: animal.keep(1), lambda: ext.Cat.lose_a_life(animal), lambda: len(animal.toy)]
            for use in uses:
                with pytest.raises(TypeError, match="'Cat' object but received"):
                    use()
            assert ext.kinds(animal) == (True, False, False)
            assert ext.name_of(animal) == "Rex"


@only_ours
def test_two_classes_of_rust_as_bases(ext):
    counter = module("classes").Counter
    try:
        both = type("Both", (ext.Cat, counter), {})
    except TypeError:
        pass
    else:
        assert MIXES
        made = both("Tom")
        assert (made.name, made.lives) == ("Tom", 9)
        uses = [
            lambda: made.step,
            lambda: setattr(made, "step", 1),
            lambda: made.advance(),
            lambda: counter.peek(made),
            lambda: counter.__new__(both),
            lambda: module("classes").step_of(made),
        ]
        for use in uses:
            with pytest.raises(TypeError):
                use()
        assert (made.name, made.lives) == ("Tom", 9)
    if not MIXES:
        with pytest.raises(TypeError):

            class Final(ext.Kitten):
                pass


@only_ours
def test_a_base_and_its_extension_as_bases(ext):
    """The layout is that of the longer one."""

    class Both(ext.Cat, ext.Animal):
        pass

    both = Both("Tom", 2)
    assert (both.name, both.lives) == ("Tom", 2)


@only_ours
def test_mixed_with_python_classes(ext):
    class Mixin:
        def hello(self):
            return "I am " + self.name

    class First(Mixin, ext.Cat):
        pass

    collect()
    before = ext.alive()
    talking = First("Tom")
    assert talking.hello() == "I am Tom" and ext.name_of(talking) == "Tom"
    del talking
    assert is_back_at(ext, before)


@only_ours
def test_slots(ext):
    class Slotted(ext.Cat):
        __slots__ = ("one", "two")

    class More(Slotted):
        __slots__ = ("three", "__weakref__") if CPYTHON else ("three",)

    collect()
    before = ext.alive()
    for cls in (Slotted, More):
        slotted = cls("Tom", 5)
        slotted.one, slotted.two = slotted, [slotted]
        if not GRAALPY:  # whose collector breaks with a cycle through an instance with slots
            slotted.toy = slotted
        assert (slotted.name, slotted.lives, slotted.one, slotted.two) == ("Tom", 5, slotted, [slotted])
        slotted.two = None
        if GRAALPY:
            slotted.one = None
        if CPYTHON:
            with pytest.raises(AttributeError):
                slotted.four = 4
    del slotted
    assert GRAALPY or is_back_at(ext, before)  # GraalPy keeps what once was in its own list


@only_ours
def test_other_bases_of_a_class(ext):
    class Lion(ext.Cat):
        pass

    lion = Lion("Leo")
    for bases in ((ext.Animal,), (object,), (ext.Kitten,), (ext.Animal, ext.Cat), (int,)):
        try:
            Lion.__bases__ = bases
        except TypeError:
            pass
    try:
        assert lion.lives == 9
    except (TypeError, AttributeError):
        pass  # it is no Cat any more
    Lion.__bases__ = (ext.Cat,)
    assert (lion.name, lion.lives) == ("Leo", 9)
