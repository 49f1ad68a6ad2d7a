"""The page of a diff in a real browser: what it shows, its filters and keys; it asks the network for nothing."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.diff import compare
from pipeline.diff.forms import rendered
from pipeline.diff.terminal import to_text
from tests.conftest import ROOT
from tests.diff.test_edits import read

webdriver = pytest.importorskip("selenium.webdriver", reason="the page is tested with selenium")
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--hide-scrollbars", "--window-size=1200,1000",
)  # fmt: skip
REPORTS = ROOT / "corpus" / "reports"
PICTURE = ROOT / "tests" / "pictures" / "diff.png"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    diff = compare(read(REPORTS / "education-advance.pdf"), read(REPORTS / "education-final.pdf"))
    path = tmp_path_factory.mktemp("page") / "diff.html"
    path.write_text(rendered(diff, "html"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator["webdriver.Chrome"]:
    if not (BROWSER and DRIVER):
        pytest.skip("no Chromium and driver (Debian: chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def shown(browser: "webdriver.Chrome", page: Path) -> "webdriver.Chrome":
    browser.get(page.as_uri())
    return browser


def cards(browser: "webdriver.Chrome") -> list[str]:
    """The changes that are visible, as kind."""
    found = browser.find_elements(By.CSS_SELECTOR, "article")
    return [
        f"{c.get_dom_attribute('data-change')} {c.get_dom_attribute('data-kind')}" for c in found if c.is_displayed()
    ]


ALL = ["changed date", "changed figure", "changed penalty", "added paragraph", "added date", "added figure"]


def test_it_shows_all_changes_in_the_order_of_the_new_report(shown: "webdriver.Chrome") -> None:
    assert sorted(cards(shown)) == sorted(ALL)
    assert [h.text for h in shown.find_elements(By.TAG_NAME, "h2")] == ["I. Mandate", "II. Findings", "III. Costs"]
    assert "14 unchanged" in shown.find_element(By.CSS_SELECTOR, ".summary").text
    assert shown.find_element(By.ID, "shown").text == "6 of 6 shown"


def test_what_differs_in_the_quotes_is_marked(shown: "webdriver.Chrome") -> None:
    penalty = shown.find_element(By.CSS_SELECTOR, "article[data-kind=penalty]")
    assert penalty.find_element(By.TAG_NAME, "del").text == "300"
    assert penalty.find_element(By.TAG_NAME, "ins").text == "500"
    assert "p. 1, para. 4" in penalty.text


def test_filters_by_change_kind_and_section(shown: "webdriver.Chrome") -> None:
    shown.find_element(By.CSS_SELECTOR, "input[name=change][value=added]").click()
    assert set(cards(shown)) == {"changed date", "changed figure", "changed penalty"}
    shown.find_element(By.CSS_SELECTOR, "input[name=kind][value=date]").click()
    assert set(cards(shown)) == {"changed figure", "changed penalty"}
    assert shown.find_element(By.ID, "shown").text == "2 of 6 shown"
    section = shown.find_element(By.NAME, "section")
    section.send_keys("II. F")
    assert cards(shown) == ["changed penalty"]
    assert [h.text for h in shown.find_elements(By.TAG_NAME, "h2") if h.is_displayed()] == ["II. Findings"]
    shown.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    assert len(cards(shown)) == len(ALL)


def test_keys(shown: "webdriver.Chrome") -> None:
    def press(*keys: str) -> str:
        webdriver.ActionChains(shown).send_keys(*keys).perform()
        return shown.switch_to.active_element.get_dom_attribute("data-kind") or shown.switch_to.active_element.tag_name

    assert press("j") == "date"
    assert press("j") == "figure"
    assert press("k") == "date"
    assert press("n") == "penalty"
    # Without the mouse: the first filter is the first stop of the tabulator, the space bar turns it off.
    shown.refresh()
    assert press(Keys.TAB) == "input"
    press(Keys.SPACE)
    assert {card.split()[0] for card in cards(shown)} == {"added"}
    press("a")
    assert len(cards(shown)) == len(ALL)


def test_everything_that_can_be_reached_has_a_name(shown: "webdriver.Chrome") -> None:
    reachable = shown.find_elements(By.CSS_SELECTOR, "input, select, button, form, article, [tabindex]")
    assert len(reachable) > 12
    assert all(element.accessible_name for element in reachable)
    assert shown.find_element(By.TAG_NAME, "html").get_dom_attribute("lang") == "en"


def test_it_asks_for_nothing_and_complains_of_nothing(shown: "webdriver.Chrome", page: Path) -> None:
    assert [entry for entry in shown.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")] == []
    said = [json.loads(entry["message"])["message"] for entry in shown.get_log("performance")]
    sent = [m["params"] for m in said if m["method"] == "Network.requestWillBeSent"]
    assert {s["request"]["url"] for s in sent if not s["documentURL"].startswith("chrome")} == {page.as_uri()}
    assert "http" not in page.read_text(encoding="utf-8").replace("http-equiv", "")


def test_the_picture_is_at_hand(shown: "webdriver.Chrome", tmp_path: Path) -> None:
    """`REPORTFACTS_PICTURES=1 pytest tests/diff/test_page.py` takes the README's picture anew."""
    if os.environ.get("REPORTFACTS_PICTURES"):
        PICTURE.parent.mkdir(exist_ok=True)
        shown.save_screenshot(str(PICTURE))
    assert 10_000 < PICTURE.stat().st_size < 150_000


def test_words_of_a_report_are_no_markup(page: Path) -> None:
    diff = compare(read(REPORTS / "education-advance.pdf"), read(REPORTS / "education-final.pdf"))
    odd = diff.model_copy(update={"notes": ("<script>alert(1)</script>",)})
    assert "<script>alert" not in rendered(odd, "html")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_fit_the_terminal(width: int) -> None:
    from click import unstyle

    diff = compare(read(REPORTS / "education-advance.pdf"), read(REPORTS / "education-final.pdf"))
    text = unstyle(to_text(diff, width))
    assert max(map(len, text.splitlines())) <= width
    assert "fine up to 300 EUR → fine up to 500 EUR" in " ".join(text.split())
