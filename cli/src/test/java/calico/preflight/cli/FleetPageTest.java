package calico.preflight.cli;

import static calico.preflight.cli.FleetHosts.fleet;
import static calico.preflight.cli.FleetHosts.host;
import static calico.preflight.cli.FleetHosts.mixedFleet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page of a fleet in a real browser, as one who uses it meets it. */
class FleetPageTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSTILE = "</script><img src=x onerror=document.title='run'>\\u202eevil";
    private static final int MANY = 5_000;

    @TempDir
    private static Path folder;

    private static Optional<ChromeDriver> started = Optional.empty();
    private static JsonNode summary = MissingNode.getInstance();

    @BeforeAll
    static void start_a_browser_and_make_the_pages() throws IOException {
        Optional<File> browser = program("chromium");
        Optional<File> driver = program("chromedriver");
        if (browser.isEmpty() || driver.isEmpty()) {
            return;
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,1000");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        started = Optional.of(new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.orElseThrow())
                        .usingAnyFreePort()
                        .build(),
                options));

        Path hostile = Files.writeString(folder.resolve("hostile.json"), host(HOSTILE, "10.0.0.9", "2.6.32") + "\n");
        String[] inputs = {mixedFleet().toString(), hostile.toString()};
        fleet("", "-o", "html", "--output-file", few().toString(), inputs[0], inputs[1]);
        summary = JSON.readTree(fleet("", "-o", "json", inputs[0], inputs[1]).out());

        StringBuilder hosts = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            hosts.append(host(
                            "compute-" + i,
                            "10.1." + i / 250 + "." + i % 250,
                            i % 50 == 0 ? "2.6.32-" + i % 7 : "6.1.0-50-amd64"))
                    .append('\n');
        }
        fleet(hosts.toString(), "-o", "html", "--output-file", many().toString(), "-");
    }

    private static Path few() {
        return folder.resolve("few.html");
    }

    private static Path many() {
        return folder.resolve("many.html");
    }

    private static Optional<File> program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> new File(directory, name))
                .filter(File::canExecute)
                .findFirst();
    }

    @AfterAll
    static void end_the_browser() {
        started.ifPresent(ChromeDriver::quit);
    }

    private final ChromeDriver browser;

    FleetPageTest() {
        assumeTrue(started.isPresent(), "the page is tried in Chromium: install chromium and chromium-driver");
        browser = started.orElseThrow();
    }

    @BeforeEach
    void forget_what_the_browser_said() {
        screen(1280, "light");
        complaints();
    }

    private List<String> complaints() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    private void screen(int width, String scheme) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Opens a page anew, at a fragment. */
    private void open(Path page, String fragment) {
        browser.get("about:blank");
        browser.get(page.toUri() + fragment);
    }

    private String text(String id) {
        return browser.findElement(By.id(id)).getText();
    }

    private String heading() {
        return browser.findElement(By.cssSelector("#main > :not([hidden]) h1")).getText();
    }

    private void press(CharSequence... keys) {
        new Actions(browser).sendKeys(keys).perform();
    }

    private WebElement focused() {
        return browser.switchTo().activeElement();
    }

    /** Presses Tab until this element, or something in it, has the focus. */
    private void tabTo(String id) {
        for (int i = 0; i < 60; i++) {
            if (Boolean.TRUE.equals(browser.executeScript(
                    "return document.getElementById(arguments[0]).contains(document.activeElement)", id))) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError(id + " cannot be reached by Tab");
    }

    /** Waits until an expression in the page is true, or the driver loses patience. */
    private void await(String what) {
        browser.executeAsyncScript("const done = arguments[0];" + "const look = () => " + what
                + " ? done() : setTimeout(look, 20); look();");
    }

    private int number(String script) {
        return Optional.ofNullable(browser.executeScript("return " + script))
                .map(Number.class::cast)
                .orElseThrow()
                .intValue();
    }

    @Test
    void the_heat_map_shows_what_the_summary_counts() throws IOException {
        open(few(), "");
        JsonNode shown = JSON.readTree((String) browser.executeScript("""
                const ids = [...document.querySelectorAll('#head a')].map(link => link.textContent);
                const counts = {};
                for (const row of document.querySelectorAll('#rows tr')) {
                  [...row.children].slice(2).forEach((cell, i) => {
                    const count = counts[ids[i]] ||= {};
                    count[cell.getAttribute('aria-label')] = (count[cell.getAttribute('aria-label')] || 0) + 1;
                  });
                }
                return JSON.stringify(counts);
                """));

        int unreadable = summary.path("summary").path("unreadable").asInt();
        int columns = 0;
        for (JsonNode requirement : summary.path("requirements")) {
            Map<String, Integer> expected = new HashMap<>(Map.of("not judged", unreadable));
            Map.of(
                            "pass",
                            "PASS",
                            "warn",
                            "WARN",
                            "fail",
                            "FAIL",
                            "unknown",
                            "UNKNOWN",
                            "notApplicable",
                            "NOT_APPLICABLE")
                    .forEach((field, outcome) ->
                            expected.put(outcome, requirement.path(field).asInt()));
            expected.values().removeIf(count -> count == 0);
            JsonNode column = shown.path(requirement.path("id").asText());
            if (column.isMissingNode()) {
                assertThat(expected).containsOnlyKeys("NOT_APPLICABLE", "not judged");
            } else {
                columns++;
                assertThat(column).as(requirement.path("id").asText()).isEqualTo(JSON.valueToTree(expected));
            }
        }
        assertThat(columns).isGreaterThan(20).isEqualTo(shown.size());
        assertThat(text("counts"))
                .contains("FAIL: " + summary.path("summary").path("fail").asInt() + " hosts")
                .contains("unreadable: " + unreadable + " hosts");
        assertThat(text("verdict")).startsWith("FAIL: of 10 hosts 2 failed, 4 unknown, 4 unreadable;");
    }

    @Test
    void the_keyboard_alone_filters_and_opens_a_host_and_finds_back() {
        open(few(), "");

        press(Keys.TAB);
        assertThat(focused().getText()).isEqualTo("Skip to the content");
        tabTo("filter-host");
        press("NODE");
        assertThat(text("shown")).startsWith("5 of 10 hosts, ");
        tabTo("outcome-FAIL");
        press(Keys.SPACE);
        assertThat(text("shown")).startsWith("1 of 10 hosts, ");
        tabTo("map");
        assertThat(focused().getText()).isEqualTo("node5");
        press(Keys.ARROW_RIGHT);
        press(Keys.ARROW_RIGHT);
        assertThat(focused().getDomAttribute("aria-label")).isEqualTo("FAIL");
        assertThat(text("told")).startsWith("node5, kernel-version: FAIL. ");
        press(Keys.ENTER);
        await("document.getElementById('fleet').hidden");
        assertThat(heading()).isEqualTo("node5");
        assertThat(focused().getText()).contains("FAIL", "kernel-version");

        browser.navigate().back();
        await("!document.getElementById('fleet').hidden");
        assertThat(text("shown")).startsWith("1 of 10 hosts, ");
        assertThat(focused().getDomAttribute("aria-label")).isEqualTo("FAIL");
        new Actions(browser)
                .keyDown(Keys.SHIFT)
                .sendKeys(Keys.TAB)
                .keyUp(Keys.SHIFT)
                .perform();
        assertThat(focused().getText()).isEqualTo("Clear the filters");
        press(Keys.ENTER);
        await("document.getElementById('shown').textContent.startsWith('10 of 10 hosts')");
        assertThat(complaints()).isEmpty();
    }

    @Test
    void requirements_and_groups_choose_hosts() {
        open(few(), "");

        browser.findElement(By.id("filter-requirement")).sendKeys("kernel-version");
        browser.findElement(By.id("outcome-FAIL")).click();
        assertThat(text("shown")).startsWith("2 of 10 hosts, 1 of ");
        browser.findElement(By.id("filter-host")).sendKeys("no such host");
        assertThat(text("shown")).isEqualTo("0 of 10 hosts");

        browser.findElement(By.cssSelector("[aria-label='Show group 1 among the hosts']"))
                .click();
        assertThat(text("shown")).startsWith("2 of 10 hosts, ");
        assertThat(text("group-list")).contains("Group 1: 2 hosts", "node5", "fail", "kernel-version", "remedy");

        browser.findElement(By.cssSelector("[aria-label='2 hosts: FAIL on kernel-version, show them']"))
                .click();
        assertThat(text("shown")).startsWith("2 of 10 hosts, 1 of ");
        assertThat(focused().getText()).isEqualTo("Hosts and requirements");
        assertThat(complaints()).isEmpty();
    }

    @Test
    void a_host_tells_what_was_expected_and_seen_and_where_and_by_which_rules() {
        open(few(), "");
        browser.findElement(By.linkText("node5")).click();
        await("document.getElementById('fleet').hidden");

        WebElement finding = browser.findElement(By.cssSelector("#host article.of-fail"));
        assertThat(finding.getText())
                .contains("FAIL", "kernel-version", "expected", "evidence", "2.6.32", "(/proc/kernel.release:7)")
                .contains("asked by", "rules", "remedy");
        assertThat(finding.findElement(By.tagName("a")).getDomAttribute("href")).startsWith("https://docs.tigera.io/");

        browser.findElement(By.id("all-hosts")).click();
        await("!document.getElementById('fleet').hidden");
        assertThat(focused().getText()).isEqualTo("node5");
    }

    @Test
    void an_unreadable_host_has_its_reason_and_no_outcome_of_any_requirement() {
        open(few(), "");
        browser.findElement(By.id("outcome-unreadable")).click();

        assertThat(text("shown")).startsWith("4 of 10 hosts, 0 of ");
        assertThat(text("unreadable-list")).contains("the packed file ends too early");
        browser.findElement(By.cssSelector("#rows a")).click();
        await("document.getElementById('fleet').hidden");
        assertThat(text("host")).contains("This host could not be read, so nothing of it was judged.", "reason");
    }

    @Test
    void a_hostile_name_stays_text_and_runs_nothing() {
        open(few(), "");
        String name = "</script><img src=x onerror=document.title='run'>\\u202eevil";
        WebElement link = browser.findElement(By.linkText(name));
        assertThat(browser.getTitle()).isEqualTo("Calico 3.16 on openstack: 10 hosts");

        link.click();
        await("document.getElementById('fleet').hidden");

        assertThat(heading()).isEqualTo(name);
        assertThat(browser.getTitle()).startsWith(name);
        assertThat(number("document.images.length")).isZero();
        assertThat(complaints()).isEmpty();
    }

    @Test
    void nothing_leaves_the_page_and_nothing_else_runs_in_it() {
        open(few(), "");
        browser.executeScript("document.querySelectorAll('#rows td')[2].click()");
        await("document.getElementById('fleet').hidden");

        assertThat(number("performance.getEntriesByType('resource').length")).isZero();
        assertThat(complaints()).isEmpty();

        Object attempts = browser.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const met = [];
                document.addEventListener('securitypolicyviolation', event => met.push(event.effectiveDirective));
                const image = document.createElement('img');
                image.src = 'https://host.invalid/seen.png';
                fetch('https://host.invalid/').catch(() => met.push('not fetched'));
                try {
                  document.body.innerHTML += '<script>document.title = "run"<' + '/script>';
                } catch (refused) {
                  met.push('no markup');
                }
                setTimeout(() => done(met), 500);
                """);
        assertThat(attempts)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("img-src", "connect-src", "not fetched", "no markup");
    }

    @ParameterizedTest
    @CsvSource({"light, 1280, ''", "dark, 320, ''", "light, 320, '#host-6'", "dark, 1280, '#host-6'"})
    void axe_finds_no_fault(String scheme, int width, String fragment) throws IOException {
        screen(width, scheme);
        open(few(), fragment);
        try (InputStream script = FleetPageTest.class.getResourceAsStream("/axe.min.js")) {
            browser.executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }

        Object found = browser.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}).then(
                    result => done([result.passes.length, ...result.violations.map(one => one.id + ': ' + one.help + ' '
                        + one.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary).join(' | '))]),
                    failure => done([String(failure)]));
                """);

        assertThat(found)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .isInstanceOfSatisfying(
                        Number.class, passes -> assertThat(passes.intValue()).isGreaterThan(15));
        assertThat(number("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isZero();
    }

    @Test
    void five_thousand_hosts_are_scrolled_and_filtered_with_few_of_them_drawn() throws IOException {
        open(many(), "");
        assertThat(text("shown")).startsWith("5000 of 5000 hosts");
        assertThat(number("document.querySelectorAll('#rows tr').length")).isLessThan(100);

        Object times = browser.executeScript("""
                const times = [];
                const name = document.getElementById('filter-host');
                for (const part of ['4', '49', '499', '', 'compute-31']) {
                  const begin = performance.now();
                  name.value = part;
                  name.dispatchEvent(new Event('input', {bubbles: true}));
                  document.body.getBoundingClientRect();
                  times.push(Math.round(performance.now() - begin));
                }
                return times.join(', ');
                """);
        System.out.println("page of " + MANY + " hosts: " + Files.size(many()) / 1024 + " KB, opened in "
                + number("Math.round(performance.getEntriesByType('navigation')[0].domComplete)") + " ms, filtered in "
                + times + " ms");
        assertThat(text("shown")).startsWith("111 of 5000 hosts");

        browser.findElement(By.id("filter-host")).clear();
        browser.findElement(By.id("filter-host")).sendKeys("compute");
        assertThat(text("shown")).startsWith("5000 of 5000 hosts");
        tabTo("map");
        new Actions(browser)
                .keyDown(Keys.CONTROL)
                .sendKeys(Keys.END)
                .keyUp(Keys.CONTROL)
                .perform();
        press(Keys.HOME);
        assertThat(focused().getText()).isEqualTo("compute-4999");
        assertThat(number("document.querySelectorAll('#rows tr').length")).isLessThan(100);
        int scrolled = number("document.getElementById('map').scrollTop");

        press(Keys.ENTER);
        await("document.getElementById('fleet').hidden");
        assertThat(heading()).isEqualTo("compute-4999");
        browser.navigate().back();
        await("!document.getElementById('fleet').hidden");
        assertThat(number("document.getElementById('map').scrollTop"))
                .isPositive()
                .isEqualTo(scrolled);
        assertThat(focused().getText()).isEqualTo("compute-4999");
        assertThat(complaints()).isEmpty();
    }
}
