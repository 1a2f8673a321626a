"""People of the sample world at their browsers; every page that they open is held against axe, in English and in Arabic."""

from pathlib import Path

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
SERIOUS = """async () => {
    const run = await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]});
    return run.violations.filter((one) => ["serious", "critical"].includes(one.impact))
        .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}"""


class Person:
    """One person at one browser: signs in, opens, fills, presses; complaints of the page and of axe are gathered."""

    def __init__(self, browser, address, email, password, *, language="en", width=1280):
        self.address, self.findings, self.visited = address, [], []
        self.context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.findings.append(f"script: {error}"))
        self.page.on("response", lambda got: self.findings.append(f"{got.status} {got.url}") if got.status >= 500 else None)
        self.page.goto(f"{address}/accounts/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", password)
        self.page.click("main form .button")
        self.speak(language)

    def speak(self, language):
        self.context.add_cookies([{"name": "django_language", "value": language, "url": self.address}])

    def open(self, path):
        self.page.goto(f"{self.address}{path}" if path.startswith("/") else path)
        self.look()

    def press(self, name, role="button"):
        self.page.get_by_role(role, name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        self.look()

    def fill(self, **fields):
        for name, value in fields.items():
            field = self.page.locator(f"main [name={name}]").first
            kind = field.evaluate("field => field.type")
            if kind in ("radio", "checkbox"):
                self.page.locator(f"main [name={name}][value='{value}']" if kind == "radio" else f"main [name={name}]").first.check()
            elif kind.startswith("select"):
                field.select_option(value)
            else:
                field.fill(value)

    def look(self):
        """Hold the page against axe, as it is and, the same address, in Arabic."""
        self.page.add_script_tag(path=str(AXE))
        self.findings += [f"{self.page.url}: {found}" for found in self.page.evaluate(SERIOUS)]
        self.visited.append(self.page.url)

    def look_again_in_arabic(self):
        self.speak("ar")
        for address in dict.fromkeys(self.visited):
            answer = self.page.goto(address)
            if answer.status == 200:
                assert self.page.evaluate("document.documentElement.dir") == "rtl"
                self.page.add_script_tag(path=str(AXE))
                self.findings += [f"ar {address}: {found}" for found in self.page.evaluate(SERIOUS)]
        self.speak("en")

    def text(self):
        return self.page.locator("main").inner_text()
