"""Penalties in sentences annotated in place: <p imprisonment="P1Y/P3Y" fine="/5000 USD" by="12" of="theft">…</p>.

An attribute per sanction holds its bounds, `min/max unit`, one value where both are equal, "" where it has none;
`by` are the articles that set it, `of` words that the offence must hold, `imposed` stands for what a court imposed.
"""
# ruff: noqa: E501 - an annotated sentence stands in one line

import re
from array import array
from dataclasses import replace

import pytest

from pipeline.errors import RulesError
from pipeline.extractors import penalties
from pipeline.extractors.penalties.words import words_of
from pipeline.model import (
    Article,
    Block,
    Cell,
    Instrument,
    Mention,
    Outline,
    Passage,
    Penalty,
    Place,
    Register,
    Span,
    Table,
)
from pipeline.passages import sentences
from pipeline.rules import load

RULES = load()
TAG = re.compile(r"<p((?: [\w-]+=\"[^\"]*\"| imposed)*)>(.*?)</p>")
CITED = re.compile(r"(?:[Aa]rticles?|[Ss]ections?|arts?\.|[Сс]тать[яеийю]+|ст\.)\s+(\d+(?:\.\d+)?)|(?<=\d and )(\d+)")
LAW = re.compile(r"\b(?:the|The) (?:[A-Z][\w-]+ )+(?:Act|Code|Convention)(?: \(\d{4}\))?")


def passage(text: str, language: str, kind: str = "paragraph", index: int = 0) -> Passage:
    block = Block(kind, (Span(0, len(text)),), language)  # type: ignore[arg-type]
    offsets = array("l", range(len(text)))
    return Passage(index, block, language, text, offsets, sentences(text, language, RULES))  # type: ignore[arg-type]


def articles_of(given: Passage) -> list[Article]:
    found = []
    for match in CITED.finditer(given.text):
        number = match.group(1) or match.group(2)
        after = given.text[match.end() : match.end() + 40]
        instrument = "treaty" if re.match(r" of the Convention", after) else "law"
        found.append(Article(Place(given.index, *match.span()), "t", "article", number, instrument=instrument))
    return found


def found_in(text: str, language: str = "en", country: str | None = None) -> tuple[list[Article], tuple[Penalty, ...]]:
    given = passage(text, language)
    cited = articles_of(given)
    laws = tuple(Mention(Place(0, *match.span()), "law") for match in LAW.finditer(text))
    register = Register((Instrument("law", "A law", "law"), Instrument("treaty", "A treaty", "treaty")), laws)
    return cited, penalties.find([given], register, cited, RULES, country)


def bounds(low: object, high: object, unit: str | None) -> str:
    if low is None and high is None:
        return ""
    size = str(low) if low == high else f"{'' if low is None else low}/{'' if high is None else high}"
    return f"{size} {unit}" if unit else size


def check(annotated: str, language: str, country: str | None) -> None:
    expected, text, at = [], "", 0
    for tag in TAG.finditer(annotated):
        text += annotated[at : tag.start()]
        fields = dict(re.findall(r"([\w-]+)=\"([^\"]*)\"", tag.group(1)))
        expected.append((len(text), len(text) + len(tag.group(2)), fields, " imposed" in tag.group(1)))
        text += tag.group(2)
        at = tag.end()
    text += annotated[at:]
    cited, found = found_in(text, language, country)
    assert [text[p.at.start : p.at.end] for p in found] == [text[start:end] for start, end, _, _ in expected]
    for penalty, (_, _, fields, imposed) in zip(found, expected, strict=True):
        by, of = fields.pop("by", ""), fields.pop("of", None)
        assert {s.sanction: bounds(s.min, s.max, s.unit) for s in penalty.sanctions} == fields
        assert [cited[i].number for i in penalty.articles] == by.split()
        assert penalty.imposed == imposed
        if of is not None:
            assert of in (penalty.offence or "")


ENGLISH = """
Smugglers who had sold ivory were sentenced to <p imprisonment="P2Y/P9Y" of="Smugglers who had sold ivory">2 to 9 years’ imprisonment</p>.
Some laws set sanctions on poachers of seals. Some were sentenced for <p imprisonment="/P3Y" of="poachers of seals" imposed>up to three years of imprisonment</p>.
It should repeal the provisions that impose <p death="" by="11 12" of="minor theft">the death penalty</p> for minor theft (articles 11 and 12).
It should review rules under which <p imprisonment="/P5Y" of="mocking officials">up to five years of imprisonment</p> can be imposed for mocking officials.
Members praised the reform, which made poaching a separate crime punishable by <p imprisonment="P1Y/P4Y" of="poaching">one to four years of imprisonment</p>.
It specified criminal offences against wild birds, including article 31 (egg collecting) and article 32 (netting). The sentence was elevated to <p imprisonment="/P6Y" by="31 32" of="wild birds">a maximum of six years</p>.
Theft is punishable by <p imprisonment="P1Y/P3Y" of="Theft">one to three years of imprisonment</p>.
Smuggling is punishable by <p imprisonment="/P14Y">imprisonment of up to 14 years</p>.
Forgery carries a sentence of <p imprisonment="P5Y">five years in prison</p>.
Arson attracts <p imprisonment="P2Y/P10Y" fine="5000/20000 USD">imprisonment of not less than two years and not more than ten years and a fine of not less than $5,000 nor more than $20,000</p>.
Piracy is punishable by <p imprisonment="life">imprisonment for life</p>.
Treason is punishable by <p imprisonment="P20Y/life">20 years to life imprisonment</p>.
Murder is punishable by <p death="" imprisonment="life">death or life imprisonment</p>.
Bribery is punished by <p imprisonment="P1Y6M">one year and six months in prison</p>.
Neglect is punished <p imprisonment="P6M/P2Y" fine="">from six months to two years with fines</p>.
The Code sets out penalties of <p imprisonment="P6M/P3Y" of="desertion">6 months' imprisonment to 3 years' imprisonment</p> for desertion.
Fraud brings a <p imprisonment="P1Y/P3Y" fine="/5000 EUR">one to three year term of imprisonment and a fine not exceeding 5,000 euros</p>.
The offence carries a maximum sentence of <p imprisonment="/P14Y">14 years</p>.
Poaching attracts a maximum <p fine="/10000 USD" imprisonment="P6M/">fine of $10,000 and a minimum term of imprisonment of six months</p>.
The law criminalizes forced labour and prescribes <p imprisonment="/P10Y" of="forced labour">up to 10 years’ imprisonment</p> for each offence.
Further, the law makes it an offence punishable by <p imprisonment="P7Y" of="assist a child in begging">seven years’ imprisonment</p> to assist a child in begging.
<p death="" of="perpetrator kills a child">The death penalty</p> may be applied if a perpetrator kills a child.
Theft is punishable by a <p fine="300/500 minimum wages" other="/P2Y" imprisonment="P4Y/P7Y">fine of 300 to 500 minimal salaries, or correctional labour for up to 2 years, or imprisonment for up to 4 to 7 years</p>.
The Committee asked for rulings under the Code, under the terms of which trafficking is punishable by a <p imprisonment="P4Y/P8Y" of="trafficking">prison sentence of between four and eight years</p>.
The penalties increased to <p imprisonment="P16Y/P20Y" of="theft with violence">16-20 years imprisonment</p> for theft with violence.
Espionage is punishable by <p imprisonment="P5Y/" death="">imprisonment from five years to the death penalty</p>.
Pollution is punished with a <p fine="50/100 minimum wages">fine of 50 to 100 minimum wages</p>.
Hunting in reserves is punishable by a <p fine="30 % of property value" confiscation="">fine of 30 per cent of the value of the property and confiscation of the equipment</p>.
Slander is punishable by a <p fine="/100 day-fines" imprisonment="/P1Y">fine of up to 100 day-fines or imprisonment of up to one year</p>.
Vandalism is punished by <p community-service="/PT240H">community service of up to 240 hours</p> as an alternative to imprisonment.
Foreigners who overstay are liable to <p deportation="" of="Foreigners who overstay">deportation</p>.
Adultery is punishable by <p corporal="">100 lashes</p>.
Anyone who breaks the rules is subject to <p warning="" re-education="" fine="" licence="" of="Anyone who breaks the rules">warning, re-education, fine or withdrawal of the licence</p>.
Breaches may result in <p warning="" other="" fine="">warning, penalties and fines</p>.
Employers are <p fine="500/3000 EUR">fined from €500 to €3,000</p>; in case of repetition the shop shall be <p closure="/P3M">closed for up to three months</p>.
Officials may be <p disqualification="P5Y">disqualified from holding public office for a period of five years</p>.
A first violation leads to a <p warning="">warning</p>, a second to a <p other="" of="second">memorandum</p>.
Trafficking is punished by <p imprisonment="P5Y/P12Y">imprisonment from 5 to 12 years</p>, and <p imprisonment="P10Y/P15Y" of="a minor">from 10 to 15 years</p> when the victim is a minor.
The Code imposes <p imprisonment="P1Y/P2Y" of="any person who sells venom">one to two years of imprisonment</p> for any person who sells venom.
Selling venom is punished by <p imprisonment="/P2Y">up to two years of imprisonment</p>. Any person who buys venom is <p imprisonment="/P2Y" of="Any person who buys venom">punished at the same charge</p>.
Article 7 criminalizes squatting with <p imprisonment="P3M/P1Y" by="7" of="squatting">imprisonment from three months to one year</p>.
Article 7 of the Forest Act prohibits logging. Violations are punished with a <p fine="200 EUR" by="7">fine of 200 euros</p>.
Squatting is punished by <p imprisonment="P1Y" by="8">one year of imprisonment</p>. Looting is punished by <p imprisonment="P2Y" by="8">two years of imprisonment</p> (article 8). Riots are forbidden (article 9).
Looting is punishable by <p imprisonment="P2Y" by="8">two years of imprisonment</p> under article 8 of the Penal Code.
Article 9 forbids riots. Under the same article, rioters face <p imprisonment="/P3Y" by="9">up to three years in prison</p>.
Rioters face <p imprisonment="/P3Y">up to three years in prison</p>. The Water Act lets owners fence wells (article 4).
In violation of article 2 of the Convention, debtors are punished by <p imprisonment="P1Y">one year of imprisonment</p>.
The court sentenced the mayor to <p imprisonment="P7Y" fine="10000 EUR" imposed of="embezzlement">seven years' imprisonment and a fine of 10,000 euros</p> for embezzlement.
Three guards were each sentenced to <p imprisonment="P12Y" by="120" imposed>12 years in prison</p> under article 120.
Guards who sleep shall be sentenced to <p imprisonment="P1M">one month in prison</p>.
Whoever loots shall be punished with <p imprisonment="/P10Y" fine="" of="Whoever loots">imprisonment of either description for a term which may extend to ten years and shall also be liable to fine</p>.
A <p fine="500 USD" imprisonment="P5Y" of="pollutes a river">fine of $500 or five (5) years' imprisonment</p>, or both, may be imposed on anyone who pollutes a river.
Scalping is punishable by a <p fine="/500 EUR">fine of up to 500 euros</p>, and <p fine="/9000 EUR">up to 9,000 euros</p> for legal persons.
The Committee is concerned that libel is punishable by <p imprisonment="/P2Y" of="libel">up to two years' imprisonment</p>.
The punishment for sorcery is <p death="" of="sorcery">death by stoning</p>.
Officials who lie face <p disciplinary="" other="">disciplinary, administrative or criminal sanctions</p>.
The acts are punishable by terms of <p imprisonment="P10Y/P15Y">imprisonment ranging from 10 to 15 years</p>.
If convicted, they faced <p imprisonment="/P2Y">up to 2 years' imprisonment</p>.
Whoever sells a child is liable to <p imprisonment="P7Y/P10Y" fine="">rigorous imprisonment for a term which shall not be less than seven years, but which may extend to ten years, and shall also be liable to fine</p>.
Abduction is punishable by <p imprisonment="P10Y/life">imprisonment of not less than ten years, which may extend to imprisonment for life</p>.
Defilement carries <p imprisonment="P14Y/life">a minimum of fourteen years, with a maximum of life imprisonment</p>.
Kidnapping attracts <p imprisonment="P15Y/life">imprisonment of not less than 15 years and may be liable to imprisonment for life</p>.
Smuggling carries a sentence of <p imprisonment="P10Y/life">between ten and twenty years of imprisonment or life imprisonment</p>.
Abuse is punished by <p imprisonment="P6M/P10Y">six months' to ten years' imprisonment</p>.
Penalties for grooming range <p imprisonment="P8Y/P15Y">from eight to 15 years' imprisonment</p>.
A repeat offender is liable to <p imprisonment="P7Y/">imprisonment for not less than seven years</p> without the option of a fine.
Any person who fails to report is liable to a <p fine="500/ EUR">penalty of not less than 500 euros</p>.
Officials face a <p disqualification="P1Y/P5Y" other="P1Y/P5Y">ban from holding certain posts for one to five years, or probation for one to five years</p>.
Torture is punishable by <p imprisonment="P15Y">15 years' imprisonment</p>, and by <p imprisonment="life">life imprisonment</p> when death results.
Fraud is punishable by <p imprisonment="/P15Y">up to 15 years in prison</p>, or <p imprisonment="/P20Y">up to 20 years</p> if a child suffers.
Section 10 makes grooming an offence carrying a maximum penalty of <p imprisonment="life" by="10" of="grooming">life imprisonment</p>.
Section 13 of the Forest Act prohibits logging. A person who contravenes the section is liable to <p imprisonment="P2Y" by="13">imprisonment for two years</p>.
Looting is an offence under article 8 of the Penal Code. It is punishable by <p imprisonment="P7Y" by="8">seven years' imprisonment</p>; the penalty is increased to <p imprisonment="P10Y" by="9">10 years' imprisonment</p> when a minor is harmed (art. 9).
Article 8 punishes looting with <p imprisonment="P1Y" by="8">one year's imprisonment</p>. The penalty shall be <p imprisonment="P3Y" by="8">three years' imprisonment</p> if a weapon is used.
The Supreme Court upheld the sentence of <p imprisonment="P25Y" imposed>25 years' imprisonment</p> handed down to the colonel.
The Federal Court No. 5 sentenced 12 defendants to <p imprisonment="life" imposed>life imprisonment</p>, two to <p imprisonment="P25Y" imposed>25 years</p> and another to <p imprisonment="P18Y" imposed>18 years in prison</p>.
The court sentenced him to <p imprisonment="P2Y6M" fine="900 EUR" imposed>two and a half years in prison and fined him 900 euros</p>.
The author was <p fine="500 EUR" imposed>fined 500 euros</p> for taking part in a gathering.
The Supreme Court commuted his death sentence to <p imprisonment="P20Y" imposed>20 years' imprisonment</p>.
A person who commits such an offence is liable on conviction on indictment to <p imprisonment="life">imprisonment for life</p>.
Robbery carries <p imprisonment="/P20Y" corporal="">imprisonment for a term which may extend to twenty years, and also whipping with not less than twelve strokes</p>.
<p corporal="">Corporal punishment of up to six strokes</p> may be imposed on boys.
Penalties under the other statutes range from small <p fine="" imprisonment="/P14Y">fines to 14 years of imprisonment</p>.
Poaching is punishable by <p other="/P2Y" imprisonment="/P2Y" of="Poaching">corrective labour for up to two years or imprisonment for the same period</p>.
Under section 5 of the Act, Cap. 150, poaching attracts <p imprisonment="/P2Y" by="5">imprisonment of up to two years</p>.
The court convicted him of bribery, pursuant to article 430 of the Code, and sentenced him to <p imprisonment="P8Y" by="430" of="bribery" imposed>8 years of imprisonment</p>.
Sentences for rape are <p imprisonment="P8Y/P12Y">a minimum of eight years and a maximum of 12 years</p>, or <p imprisonment="P15Y" of="aggravated rape">15</p> in cases of aggravated rape.
Sentences for rape <p imprisonment="P10Y/">begin at 10 years of imprisonment</p>.
Articles 143 and 145 regulate fishing in all its forms. Poaching is punishable by <p imprisonment="P1Y/P3Y" by="143 145">one to three years in prison</p>. Poaching by night carries <p imprisonment="P4Y" by="143 145">four years in prison</p>.
Article 143 regulates fishing. The Forest Act bans felling. Felling is punishable by <p imprisonment="P1Y/P3Y">one to three years in prison</p>.
The delegate said, with respect to fishing, that the offence of poaching carried <p imprisonment="P15Y/life" of="offence of poaching">a minimum term of 15 years' imprisonment and a maximum term of life imprisonment</p>.
Article 9 banned fishing. The Forest Act prescribed penalties of <p imprisonment="P7Y/P15Y">seven to 15 years' imprisonment</p>.
Article 9 of the Code criminalized poaching and prescribed penalties of <p imprisonment="/P5Y" by="9" of="poaching">up to five years' imprisonment</p>.
"""

NO_PENALTY = """
The State party should abolish the death penalty and commute all death sentences to terms of imprisonment.
The delegation explained the de facto moratorium on capital punishment.
Such acts are punished under the Code (article 12).
He spent five years in prison before being released.
He was held in pretrial detention for 18 months.
The average fine was 300 euros in 2019.
Persons charged with offences punishable by imprisonment of more than three years may be held in custody.
The Fines Act was adopted in 2010.
The Committee recommends that the State party impose fines on companies.
The prosecutor requested a sentence of at least four years of imprisonment.
The penalty was increased from three to five years' imprisonment.
In 2019, 25 persons were convicted of theft and sentenced to terms of imprisonment ranging from 2 to 10 years.
Minors may not be sentenced to more than ten years' imprisonment.
Schools were subject to closure during the conflict.
Migrants may be deported without a hearing.
An early warning system will send warnings by telephone.
Of 45 persons, 12 were sentenced to imprisonment of more than five years.
He paid a fine of 300 dollars and was released.
A 33-year-old man was sentenced by the court.
Police were threatened with death.
Persons charged with an offence punishable by more than ten years' imprisonment are held in custody.
In 2016, 312 persons were convicted of theft and received sentences ranging from 3 to 12 years.
Parole is possible after serving two thirds of a sentence of more than five years.
No child may be sentenced to imprisonment.
The bill would raise the maximum penalty for hate speech from two to five years' imprisonment.
The statute of limitations is 15 years for crimes punishable by life imprisonment.
Fines totalling 12 million euros were collected in 2018.
Prison staff received 40 hours of training and disciplinary boards met twice.
Fine arts are taught for three years.
Police arrested 17 men, 5 of whom were convicted and sentenced to between 3 and 7 years' imprisonment.
"""

RUSSIAN = """
Суд вспомнил норму (тогда она предусматривала ещё <p fine="/3000 RUB">штраф всего до трёх тысяч рублей</p>).
Самый низкий <p fine="2000 RUB" imposed>штраф в две тысячи рублей</p> получила одна из задержанных в парке.
Кража наказывается <p imprisonment="/P2Y" by="158" of="Кража">лишением свободы на срок до двух лет</p> (статья 158).
Статья 228 предусматривает <p imprisonment="P3Y/P10Y" fine="/500000 RUB" by="228">лишение свободы на срок от трёх до десяти лет со штрафом в размере до пятисот тысяч рублей</p>.
За нарушение правил предусмотрен <p fine="10000/20000 RUB" community-service="/PT50H">штраф от 10 до 20 тысяч рублей или обязательные работы на срок до 50 часов</p>.
Максимальное наказание по этой статье — <p imprisonment="/P5Y">пять лет лишения свободы</p>.
Нарушение влечёт <p warning="" fine="500/1000 RUB">предупреждение или наложение административного штрафа в размере от 500 до 1 000 рублей</p>.
Повторное нарушение наказывается <p imprisonment="/P30D">арестом до 30 суток</p>.
Поджог карается <p imprisonment="P5Y/P10Y" confiscation="">лишением свободы на срок от пяти до десяти лет с конфискацией имущества</p>.
Виновные наказываются <p fine="50/100 minimum wages">штрафом в размере от 50 до 100 минимальных размеров оплаты труда</p>.
Иностранцы подлежат <p deportation="">административному выдворению за пределы страны</p>.
Суд приговорил его к <p imprisonment="P3Y" fine="100000 RUB" imposed>трём годам лишения свободы и штрафу в размере 100 000 рублей</p>.
По статье 20.2 ему назначили <p imprisonment="P15D" by="20.2" imposed>административный арест на 15 суток</p>.
Судьи назначали <p fine="10000/ RUB">штрафы ниже минимального уровня в 10 тысяч рублей</p>.
Нарушение влечет наложение <p fine="20000/30000 RUB">штрафа на граждан в размере от двадцати до тридцати тысяч рублей</p>; на должностных лиц — <p fine="50000/100000 RUB">от пятидесяти до ста тысяч рублей</p>.
Комитет обеспокоен тем, что клевета наказывается <p imprisonment="/P2Y" of="клевета">лишением свободы на срок до двух лет</p>.
По этой статье срок наказания — <p imprisonment="P4Y/P12Y">от четырех до 12 лет тюрьмы</p>. Если пытка повлекла смерть — <p imprisonment="P8Y/P15Y" of="пытка повлекла смерть">от 8 до 15 лет</p>.
Меняется статья 302 («Принуждение») кодекса. В законодательстве появляется «пытка», срок наказания — <p imprisonment="P4Y/P12Y" by="302">от четырех до 12 лет тюрьмы</p>.
Побои, не повлекшие последствий, указанных в статье 115, наказываются <p imprisonment="/P6M">арестом на срок до шести месяцев</p>.
Суд приговорил двух участниц к <p imprisonment="P2Y" imposed of="хулиганстве">двум годам заключения</p> по статье о хулиганстве.
Суд приговорил полицейских к <p imprisonment="P3Y/P5Y" imposed of="пытки">лишению свободы на срок от 3 до 5 лет</p> за пытки.
Наказание за измену — <p imprisonment="life" death="" of="измену">пожизненное заключение или смертная казнь</p>.
Торговля людьми наказывается <p imprisonment="P5Y/P8Y">лишением свободы на срок от пяти до восьми лет</p>; те же деяния, совершённые повторно, – <p imprisonment="P8Y/P12Y" of="повторно">от восьми до двенадцати лет</p>.
Кража карается <p imprisonment="/P8Y" by="111">лишением свободы на срок до восьми лет</p> (ст. 111), а если она повлекла смерть, – <p imprisonment="/P15Y" by="111">на срок до пятнадцати лет</p>.
Участникам грозит <p fine="/20000 RUB">штраф до 20 тысяч рублей</p>, а организаторам – <p imprisonment="/P10D" of="организаторам">административный арест до 10 суток</p>.
Нарушение влечёт <p fine="50 monthly calculation indices">штраф в размере 50 МРП</p>, а на юридических лиц – <p fine="200 monthly calculation indices">200 МРП</p>.
Его <p fine="10000 RUB" imprisonment="P5D" imposed>оштрафовали на 10 тысяч рублей и отправили под арест на 5 суток</p>.
Мужчина был осуждён на <p imprisonment="P12Y" imposed>12 лет колонии строгого режима</p>.
Суд приговорил следователя к <p imprisonment="P7Y6M" imposed>семи с половиной годам лишения свободы</p>.
Несовершеннолетним не назначается лишение свободы на срок свыше 10 лет.
Средний размер штрафа составил 7 тысяч рублей.
Он провёл в заключении пять лет.
Делегация рекомендовала отменить смертную казнь.
За кражу предусмотрены <p other="/P5Y" imprisonment="/P5Y" of="кражу">принудительные работы на срок до пяти лет или лишение свободы на тот же срок</p>.
За участие в шествии предусмотрена ответственность. Статья 20 предусматривает <p fine="/50000 RUB" by="20" of="участие в шествии">штраф до 50 тыс. рублей</p>.
"""


def lines(block: str) -> list[str]:
    return [line for line in block.splitlines() if line]


@pytest.mark.parametrize("annotated", lines(ENGLISH) + lines(NO_PENALTY))
def test_english(annotated: str) -> None:
    check(annotated, "en", None)


@pytest.mark.parametrize("annotated", lines(RUSSIAN))
def test_russian(annotated: str) -> None:
    check(annotated, "ru", "RUS")


@pytest.mark.parametrize(
    ("text", "country", "sized"),
    [
        ("Begging is punished by a fine of up to Rs 500.", "IND", "/500 INR"),
        ("Begging is punished by a fine of up to Rs 500.", None, "/500"),
        ("Begging is punished by a fine of 500 dinars.", "DZA", "500 DZD"),
        ("Begging is punished by a fine of $500.", "CAN", "500 CAD"),
        ("Begging is punished by a fine of $500.", "CHE", "500 USD"),
        ("Begging is punished by a fine of US$ 500.", "CAN", "500 USD"),
        ("Begging is punished by a fine not exceeding R40,000.", "ZAF", "/40000 ZAR"),
        ("Begging is punished by a fine of up to K5,000.00.", "PNG", "/5000 PGK"),
        ("Begging is punished by a fine of K1.5 million.", "ZMB", "1500000 ZMW"),
        ("Begging is punished by a fine of K5,000.", None, "5000"),
        ("Begging is punished by a fine of Birr 500 to 1,000.", "ETH", "500/1000 ETB"),
        ("Begging is punished by a fine of 2,000 Bahraini dinars to 10,000 dinars.", None, "2000/10000 BHD"),
        ("Begging is punished by a fine of 5,000 to 20,000 CFA francs.", "SEN", "5000/20000 XOF"),
    ],
)
def test_currencies_that_the_country_tells(text: str, country: str | None, sized: str) -> None:
    (penalty,) = found_in(text, "en", country)[1]
    assert [(s.sanction, bounds(s.min, s.max, s.unit)) for s in penalty.sanctions] == [("fine", sized)]


def test_many_citations_are_read_in_linear_time() -> None:
    acts = " and the ".join(f"{name} Offences Act" for name in ("Sexual", "Customs", "Forest", "Water", "Traffic") * 3)
    found_in(f"Under the {acts}, whoever commits an offence shall be punished with a fine of 500 euros.")


def test_a_sentence_may_begin_within_an_amount() -> None:
    assert found_in("A fine of 500 or Rp. 2,000,000 may be imposed for theft.", "en", "IDN")[1]


def test_how_sanctions_are_joined() -> None:
    for text, joined in [
        ("Theft is punished by a fine of 5 euros and one year of imprisonment.", "and"),
        ("Theft is punished by a fine of 5 euros or one year of imprisonment.", "or"),
        ("Theft is punished by a fine of 5 euros and/or one year of imprisonment.", "and/or"),
        ("Theft is punished by a fine of 5 euros or one year of imprisonment, or both.", "and/or"),
        ("Theft is punished by one year of imprisonment.", None),
    ]:
        assert found_in(text)[1][0].joined == joined, text


def test_items_take_the_article_of_their_lead_in() -> None:
    lead = passage("Article 12 provides for the following penalties:", "en")
    item = passage("for theft, a fine of 50 euros;", "en", kind="item", index=1)
    cited = articles_of(lead)
    found = penalties.find([lead, item], Register(), cited, RULES)
    assert [penalty.articles for penalty in found] == [(0,)]


def test_passages_below_the_title_of_an_article_quote_it() -> None:
    texts = ["Статья 24. Порча мостов", "Порча моста влечёт штраф в размере 500 рублей.", "Статья 25. Лов рыбы"]
    given = [passage(text, "ru", index=i) for i, text in enumerate(texts)]
    given.append(passage("Лов рыбы наказывается штрафом в размере 900 рублей.", "ru", index=3))
    cited = [article for one in given for article in articles_of(one)]
    found = penalties.find(given, Register(), cited, RULES, "RUS")
    assert [penalty.articles for penalty in found] == [(0,), (1,)]


def test_cells_of_a_row_belong_together() -> None:
    texts = ["Sale of organs", "Article 30", "Imprisonment from 3 to 10 years"]
    cells = tuple(Cell(0, 1, 1, column) for column in range(3))
    row = [
        replace(given, block=replace(given.block, kind="cell", table=0, cell=i))
        for i, given in enumerate(passage(text, "en", index=i) for i, text in enumerate(texts))
    ]
    outline = Outline(tuple(given.block for given in row), tables=(Table(0, 1, cells),))
    found = penalties.find(row, Register(), articles_of(row[1]), RULES, None, outline)
    assert [(penalty.articles, penalty.offence) for penalty in found] == [((0,), "Sale of organs")]


def test_a_law_named_by_its_fines_is_no_penalty() -> None:
    text = "Traffic Fines and Imprisonment Act is applied to fines."
    register = Register((Instrument("a", "Act", "law"),), (Mention(Place(0, 0, 33), "a"),))
    assert penalties.find([passage(text, "en")], register, (), RULES) == ()


def test_every_language_with_words_compiles() -> None:
    assert words_of("en", RULES) and words_of("ru", RULES)


@pytest.mark.parametrize(
    ("entry", "value", "told"),
    [
        ("most", "(", "most is no valid pattern"),
        ("most", 3, "most must be a pattern in quotes"),
        ("mots", "up to", "unknown entry 'mots'"),
        ("sanctions", [{"sanction": "exile", "words": "exile"}], "'exile' is no kind of sanction"),
        ("sanctions", [{"sanction": "fine", "words": "fine", "size": "sum"}], "must be 'term' or 'amount'"),
    ],
)
def test_rule_data_that_cannot_be_used_is_named(entry: str, value: object, told: str) -> None:
    given = {
        **RULES.languages,
        "en": {**RULES.languages["en"], "penalties": {**RULES.languages["en"]["penalties"], entry: value}},
    }
    with pytest.raises(RulesError, match=re.escape(told)):
        words_of("en", replace(RULES, languages=given))


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru"])
def test_examples_of_sanctions(language: str) -> None:
    words = words_of(language, RULES)
    assert words
    for entry in RULES.languages[language]["penalties"]["sanctions"]:
        for example in entry.get("examples", ()):
            match = words.sanctions.search(example)
            assert match and words.kinds[int((match.lastgroup or "")[1:])].sanction == entry["sanction"], example
        for example in entry.get("counter_examples", ()):
            match = words.sanctions.search(example)
            assert not match or words.kinds[int((match.lastgroup or "")[1:])].sanction != entry["sanction"], example
