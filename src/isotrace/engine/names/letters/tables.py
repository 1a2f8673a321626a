"""Letters of the scripts and how they are written in Latin by default, one table a script; what a channel learned refines them.

Sources: ISO 9, ICAO 9303-3 section 6 and BGN/PCGN for Cyrillic; BGN/PCGN for Arabic, Persian, Urdu, Hebrew, Georgian, Armenian; the Revised
Romanisation for Korean; Hepburn for Japanese; ISO 15919 without its marks for the scripts of India.
"""


def _table(text: str) -> dict[str, str]:
    """Read "letter=latin" pairs; a bare "letter=" is silent."""
    return dict(pair.split("=", 1) for pair in text.split())


CYRILLIC = _table(
    "а=a б=b в=v г=g ґ=g ѓ=g ғ=g д=d ђ=dj е=e ё=yo є=ye ж=zh җ=zh з=z и=i і=i ї=yi ӣ=i й=y ј=j к=k ќ=k қ=q л=l љ=lj м=m н=n њ=nj ң=n "
    "о=o ө=o п=p р=r с=s т=t ћ=c у=u ў=u ү=u ұ=u ӯ=u ф=f х=kh һ=h ҳ=h ц=ts ч=ch ҷ=j џ=dz ѕ=dz ш=sh ъ= ы=y ь= э=e ә=a ю=yu я=ya"
)
GREEK = _table(
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s τ=t υ=y φ=f χ=ch ψ=ps ω=o "
    "αι=ai ει=ei οι=oi ου=ou αυ=af ευ=ef γγ=ng γκ=gk γχ=nch μπ=b ντ=nt"
)
ARABIC = _table(
    "ا=a ب=b ت=t ث=th ج=j ح=h خ=kh د=d ذ=dh ر=r ز=z س=s ش=sh ص=s ض=d ط=t ظ=z ع=a غ=gh ف=f ق=q ك=k ل=l م=m ن=n ه=h و=w ي=y ة=a ى=a ء= "
    "پ=p چ=ch ژ=zh گ=g ٹ=t ڈ=d ڑ=r ں=n ے=e ڤ=v ټ=t ډ=d ړ=r ښ=sh ڼ=n ځ=dz څ=ts ږ=zh ې=e ڭ=ng ۆ=o ێ=e"
)
HEBREW = _table(
    "א=a ב=b ג=g ד=d ה=h ו=v ז=z ח=h ט=t י=y כ=k ל=l מ=m נ=n ס=s ע=a פ=p צ=ts ק=k ר=r ש=sh ת=t "
    "ג'=j צ'=ch ז'=zh ת'=th ד'=dh ח'=kh ט'=z ע'=gh ר'=gh ו'=w"
)
GEORGIAN = _table(
    "ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=zh რ=r ს=s ტ=t უ=u ფ=p ქ=k ღ=gh ყ=q შ=sh ჩ=ch "
    "ც=ts ძ=dz წ=ts ჭ=ch ხ=kh ჯ=j ჰ=h"
)
ARMENIAN = _table(
    "ա=a բ=b գ=g դ=d ե=e զ=z է=e ը=y թ=t ժ=zh ի=i լ=l խ=kh ծ=ts կ=k հ=h ձ=dz ղ=gh ճ=ch մ=m յ=y ն=n շ=sh ո=o չ=ch պ=p ջ=j ռ=r ս=s վ=v "
    "տ=t ր=r ց=ts ւ=v փ=p ք=k օ=o ֆ=f և=ev ու=u"
)
HANGUL_ONSETS = "g kk n d tt r m b pp s ss - j jj ch k t p h".split()  # noqa: SIM905
HANGUL_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()  # noqa: SIM905
HANGUL_CODAS = "- K K K N N N T L K M P L L P L M P P T T NG T T K T P T".split()  # noqa: SIM905
"""The sound that a final consonant stops at, in capitals to part it from the same letter before a vowel."""

KANA_ROWS = _table(
    "ア=a イ=i ウ=u エ=e オ=o カ=k-a キ=k-i ク=k-u ケ=k-e コ=k-o ガ=g-a ギ=g-i グ=g-u ゲ=g-e ゴ=g-o サ=s-a シ=sh-i "
    "ス=s-u セ=s-e ソ=s-o "
    "ザ=z-a ジ=j-i ズ=z-u ゼ=z-e ゾ=z-o タ=t-a チ=ch-i ツ=ts-u テ=t-e ト=t-o ダ=d-a ヂ=j-i ヅ=z-u デ=d-e ド=d-o "
    "ナ=n-a ニ=n-i ヌ=n-u ネ=n-e ノ=n-o "
    "ハ=h-a ヒ=h-i フ=f-u ヘ=h-e ホ=h-o バ=b-a ビ=b-i ブ=b-u ベ=b-e ボ=b-o パ=p-a ピ=p-i プ=p-u ペ=p-e ポ=p-o "
    "マ=m-a ミ=m-i ム=m-u メ=m-e モ=m-o "
    "ヤ=y-a ユ=y-u ヨ=y-o ラ=r-a リ=r-i ル=r-u レ=r-e ロ=r-o ワ=w-a ヰ=i ヱ=e ヲ=o ン=N ー=- ッ=Q ヴ=v-u ヵ=k-a "
    "ヶ=k-e ヷ=v-a ヸ=v-i ヹ=v-e ヺ=v-o"
)
KANA_SMALL = _table("ァ=a ィ=i ゥ=u ェ=e ォ=o ャ=a ュ=u ョ=o ヮ=a")
PINYIN_INITIALS = "zh ch sh b p m f d t n l g k h j q x r z c s y w".split()  # noqa: SIM905

INDIC = _table(
    "ऀ=n ँ=n ं=n ः=h ऄ=a अ=a आ=a इ=i ई=i उ=u ऊ=u ऋ=ri ऌ=li ऍ=e ऎ=e ए=e ऐ=ai ऑ=o ऒ=o ओ=o औ=au क=k ख=kh ग=g घ=gh ङ=n च=ch छ=chh ज=j "
    "झ=jh ञ=n ट=t ठ=th ड=d ढ=dh ण=n त=t थ=th द=d ध=dh न=n ऩ=n प=p फ=ph ब=b भ=bh म=m य=y र=r ऱ=r ल=l ळ=l ऴ=zh व=v श=sh ष=sh स=s ह=h "
    "ा=a ि=i ी=i ु=u ू=u ृ=ri ॅ=e ॆ=e े=e ै=ai ॉ=o ॊ=o ो=o ौ=au ्= ़= ऽ= क़=q ख़=kh ग़=gh ज़=z ड़=r ढ़=rh फ़=f य़=y"
)
"""Devanagari; the blocks from Bengali to Malayalam lay their letters out in the same order, 128 apart."""

THAI = _table(
    "ก=k ข=kh ฃ=kh ค=kh ฅ=kh ฆ=kh ง=ng จ=ch ฉ=ch ช=ch ซ=s ฌ=ch ญ=y ฎ=d ฏ=t ฐ=th ฑ=th ฒ=th ณ=n ด=d ต=t ถ=th ท=th "
    "ธ=th น=n บ=b ป=p ผ=ph ฝ=f "
    "พ=ph ฟ=f ภ=ph ม=m ย=y ร=r ฤ=rue ล=l ว=w ศ=s ษ=s ส=s ห=h ฬ=l อ=o ฮ=h ะ=a ั=a า=a ำ=am ิ=i ี=i ึ=ue ื=ue ุ=u ู=u "
    "เ=e แ=ae โ=o ใ=ai ไ=ai"
)
THAI_BEFORE = frozenset("เแโใไ")
"""Thai vowels written before the consonant that they follow."""

KOREAN_SURNAMES = {
    hangul: tuple(latin.split("/"))
    for hangul, latin in _table(
        "이=lee/yi/rhee/ri 리=ri/lee 박=park/pak/bak 최=choi/choe 김=kim/gim 정=jung/jeong/chung/chong 강=kang/gang "
        "조=cho/jo 윤=yoon/yun "
        "임=lim/im/rim 림=rim/lim 오=oh/o 서=seo/suh/so 신=shin/sin 권=kwon/gwon 황=hwang 안=ahn/an 류=ryu/yoo/yu "
        "유=yoo/yu/ryu 노=noh/roh/no "
        "우=woo/u/wu 구=koo/gu/ku 문=moon/mun 백=baek/paik/paek 허=huh/heo/ho 전=jeon/chun/jun/chon 고=ko/koh/go "
        "주=joo/ju/chu 배=bae/pae "
        "변=byun/byeon/pyon 성=sung/seong/song 장=jang/chang 지=ji/chi/jee 차=cha 진=jin/chin 엄=um/eom/om 심=shim/sim "
        "손=son/sohn 양=yang/ryang "
        "량=ryang/yang 현=hyun/hyeon/hyon 여=yeo/yo/ryo 길=gil/kil 곽=kwak/gwak 국=kook/guk 방=bang/pang 표=pyo "
        "공=kong/gong 선=sun/seon/son"
    ).items()
}
HANJA_SURNAMES = _table(
    "金=김 李=이 朴=박 崔=최 鄭=정 姜=강 趙=조 尹=윤 張=장 林=임 吳=오 韓=한 申=신 徐=서 權=권 黃=황 安=안 宋=송 "
    "柳=류 劉=유 洪=홍 全=전 高=고 文=문 孫=손 "
    "梁=양 裵=배 曺=조 白=백 許=허 南=남 沈=심 盧=노 河=하 成=성 車=차 郭=곽 禹=우 具=구 任=임 羅=나 閔=민 辛=신 "
    "池=지 陳=진 嚴=엄 蔡=채 元=원 千=천 方=방 "
    "孔=공 康=강 玄=현 咸=함 卞=변 廉=염 呂=여 秋=추 都=도"
)
LATIN_HABITS = {
    "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "đ": "dj", "ñ": "ny",
    "ç": "ch", "ş": "sh", "š": "sh", "č": "ch", "ž": "zh", "ć": "ch", "ğ": "gh", "ә": "a", "ə": "e", "ł": "l", "ı": "i",
    "ţ": "ts", "ț": "ts",
    "ș": "sh", "ģ": "g", "ķ": "k", "ļ": "l", "ņ": "n", "ő": "oe", "ű": "ue", "x́": "x", "ĸ": "k", "ń": "n", "ś": "s",
    "ź": "z", "ż": "z", "ū": "uu",
}  # fmt: skip
"""How letters with marks are written out where a machine or another country has none (ICAO 9303-3 section 6, and national habits)."""
