import pytest
from conftest import GRAALPY, NATIVE_GRAALPY, PYPY

TEXTS = ["", "a", "héllo", "日本語", "🦀 crab", "nul\0inside", "ünï\0cödé", "x" * 100_000, "é" * 10_000]


class MyStr(str):
    pass


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_texts(ext, text):
    for f in (ext.to_str, ext.to_string, ext.to_cow):
        result = f(text)
        assert result == text and type(result) is str
    assert ext.length(text) == len(text.encode())
    assert ext.to_str(MyStr(text)) == text


LENGTHS = [0, 1, 24, 1000]


class LyingStr(str):
    length = 0

    def __len__(self):
        return self.length

    def encode(self, *args):
        return b"zz"

    def __str__(self):
        return "zz"


class LyingBytes(bytes):
    length = 0

    def __len__(self):
        return self.length

    def __bytes__(self):
        return b"zz"


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("text", ["ab", "", "a\0b", "h\xe9llo", "\U0001f980"], ids=ascii)
def test_str_that_lies_about_its_length(ext, text, length):
    value = LyingStr(text)
    LyingStr.length = length
    for _ in range(2):
        for f in (ext.to_str, ext.to_string, ext.to_cow):
            assert f(value) == text
        assert ext.length(value) == len(text.encode())


@pytest.mark.parametrize("length", LENGTHS)
def test_bytes_that_lie_about_their_length(ext, length):
    value = LyingBytes(b"a\0b")
    LyingBytes.length = length
    for f in (ext.to_bytes, ext.to_vec, ext.to_cow_bytes):
        if PYPY and length < 3:
            # PyPy makes as much memory for native code as `__len__` says.
            for _ in range(2):
                with pytest.raises(ValueError, match="ob_size|__len__ of this subclass of bytes says"):
                    f(value)
        else:
            assert f(value) == b"a\0b"


def test_lone_surrogates(ext):
    if NATIVE_GRAALPY:  # its host replaces them and tells nobody
        assert ext.to_str("\ud800") == "\ufffd"
        return
    for f in (ext.to_str, ext.to_string, ext.to_cow, ext.to_char, ext.length):
        with pytest.raises(UnicodeEncodeError):
            f("\ud800")
        with pytest.raises(UnicodeEncodeError):
            f("abc\udfffdef")
    assert ext.to_str("fine") == "fine"


@pytest.mark.parametrize("value", [1, None, b"x", ["x"]], ids=str)
def test_no_texts(ext, value):
    kind = "None" if value is None else type(value).__name__
    for f in (ext.to_str, ext.to_string, ext.to_cow, ext.to_char):
        with pytest.raises(TypeError, match="argument 'x' must be str, not " + kind):
            f(value)


def test_char(ext):
    for char in ("a", "é", "語", "🦀", "\0"):
        assert ext.to_char(char) == char
    for text in ("", "ab"):
        with pytest.raises(ValueError, match="argument 'x': expected a string of one character, not %d" % len(text)):
            ext.to_char(text)


@pytest.mark.parametrize("data", [b"", b"abc", b"\0\xff\0", bytes(range(256)) * 100], ids=len)
def test_bytes(ext, data):
    for f in (ext.to_bytes, ext.to_vec, ext.to_cow_bytes):
        result = f(data)
        assert result == data and type(result) is bytes
    for f in (ext.to_vec, ext.to_cow_bytes):
        assert f(bytearray(data)) == data


def test_vec_of_numbers_is_bytes(ext):
    assert ext.to_vec([1, 2, 255]) == b"\x01\x02\xff"
    assert ext.to_vec((1,)) == b"\x01"
    with pytest.raises(OverflowError, match="argument 'x': item 1: 256 does not fit into u8"):
        ext.to_vec([1, 256])


def test_no_bytes(ext):
    with pytest.raises(TypeError, match="argument 'x' must be bytes, not str"):
        ext.to_bytes("x")
    with pytest.raises(TypeError, match="argument 'x' must be bytes, not bytearray"):
        ext.to_bytes(bytearray(b"x"))
    with pytest.raises(TypeError, match="argument 'x' must be bytes, not int"):
        ext.to_cow_bytes(1)
    with pytest.raises(TypeError, match=r"argument 'x' must be Sequence\[int\], not str"):
        ext.to_vec("x")


def test_codecs(ext):
    assert ext.encode("é", "latin-1") == b"\xe9"
    assert ext.decode(b"\xe9", "latin-1") == "é"
    with pytest.raises(UnicodeEncodeError):
        ext.encode("日", "latin-1")
    with pytest.raises(UnicodeDecodeError):
        ext.decode(b"\xff", "utf-8")
    with pytest.raises(LookupError):
        ext.decode(b"x", "no-such-codec")
    with pytest.raises(ValueError, match="encoding has an embedded null character"):
        ext.decode(b"x", "utf\0-8")


def test_substring(ext):
    assert ext.substring("日本語", 1, 3) == "本語"
    assert ext.substring("abc", 2, 2) == ""


@pytest.mark.skipif(not GRAALPY, reason="elsewhere 2 GiB is no limit")
@pytest.mark.parametrize("length", [2**31 - 1, 2**31, 2**32 + 7])
@pytest.mark.parametrize("text", [False, True])
def test_beyond_the_arrays_of_java(ext, length, text):
    assert len(ext.zeros(1000, text)) == 1000
    with pytest.raises(MemoryError):
        ext.zeros(length, text)
