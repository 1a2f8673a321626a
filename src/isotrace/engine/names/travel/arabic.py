"""Arabic script in a machine-readable zone: the table of Doc 9303-3 section 6 C, which can be read back letter by letter."""

LETTERS = {
    "XE": "ء", "XAA": "آ", "XAE": "أ", "U": "ؤ", "I": "إ", "XI": "ئ", "A": "ا", "B": "ب", "XTA": "ة", "XAH": "ة",
    "T": "ت", "XTH": "ث", "J": "ج", "XH": "ح", "XKH": "خ", "D": "د", "XDH": "ذ", "R": "ر", "Z": "ز", "S": "س",
    "XSH": "ش", "XSS": "ص", "XDZ": "ض", "XTT": "ط", "XZZ": "ظ", "E": "ع", "G": "غ", "F": "ف", "Q": "ق", "K": "ك",
    "L": "ل", "M": "م", "N": "ن", "H": "ه", "W": "و", "XAY": "ى", "Y": "ي", "XXA": "ٱ", "XXT": "ٹ", "XRT": "ټ",
    "P": "پ", "XKE": "ځ", "XXH": "څ", "XC": "چ", "XXD": "ڈ", "XDR": "ډ", "XXR": "ڑ", "XRR": "ړ", "XRX": "ږ", "XJ": "ژ",
    "XXS": "ښ", "XKK": "ک", "XXK": "ګ", "XNG": "ڭ", "XGG": "گ", "XNN": "ں", "XXN": "ڼ", "XDO": "ھ", "XYH": "ۀ", "XXG": "ہ",
    "XGE": "ۂ", "XTG": "ۃ", "XYA": "ی", "XXY": "ۍ", "XYB": "ے", "XBE": "ۓ",
}  # fmt: skip
"""Code → letter; no code is the beginning of another, so that a word can be read in one way only."""

SOUNDS = {
    "XE": "", "XAA": "A", "XAE": "A", "U": "U", "I": "I", "XI": "I", "XTA": "T", "XAH": "A", "XTH": "TH", "XH": "H",
    "XKH": "KH", "XDH": "DH", "XSH": "SH", "XSS": "S", "XDZ": "D", "XTT": "T", "XZZ": "Z", "E": "A", "G": "GH", "XAY": "A",
    "XXA": "A", "XXT": "T", "XRT": "T", "XKE": "DZ", "XXH": "TS", "XC": "CH", "XXD": "D", "XDR": "D", "XXR": "R", "XRR": "R",
    "XRX": "ZH", "XJ": "ZH", "XXS": "SH", "XKK": "K", "XXK": "G", "XNG": "NG", "XGG": "G", "XNN": "N", "XXN": "N", "XDO": "H",
    "XYH": "A", "XXG": "H", "XGE": "A", "XTG": "A", "XYA": "Y", "XXY": "Y", "XYB": "E", "XBE": "E",
}  # fmt: skip
"""Code → how it is usually written in Latin letters, where that is not the code itself."""

STATES = frozenset(
    "AFG ARE BHR COM DJI DZA EGY IRN IRQ JOR KWT LBN LBY MAR MRT OMN PAK PSE QAT SAU SDN SOM SYR TCD TUN YEM".split()  # noqa: SIM905
)
"""States where names are written in Arabic script."""

_LONGEST = max(map(len, LETTERS))


def codes_of(word: str, *, cut: bool = False) -> tuple[str, ...] | None:
    """Take a word of the zone apart into codes; None if the table lacks a letter of it. A code cut at the end is left out if `cut`."""
    codes: list[str] = []
    at = 0
    while at < len(word):
        code = next((word[at : at + size] for size in range(_LONGEST, 0, -1) if word[at : at + size] in LETTERS), None)
        if code is None:
            return tuple(codes) if cut and word[at] == "X" and len(word) - at < _LONGEST else None
        codes.append(code)
        at += len(code)
    return tuple(codes)
