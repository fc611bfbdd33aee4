package io.sockeye.chat;

import static org.junit.jupiter.api.Assertions.fail;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The headless Chromium of this machine. Where it, or what drives it, is missing, the test is skipped and says why; with
 * {@code CI=true} in the environment it fails.
 */
final class ChatBrowser implements AutoCloseable {
    private static final String DRIVER = "playwright.cli.dir";
    private static final List<String> CHROMIUM = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private ChatBrowser(Path node, Path chromium) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", node.toString())));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(FLAGS));
    }

    static ChatBrowser launch() {
        Path driver = Path.of(System.getProperty(DRIVER, ""), "package", "cli.js");
        if (!Files.isRegularFile(driver)) {
            throw missing("the system property " + DRIVER + " leads to no driver: " + driver + " (run it with Maven)");
        }
        return new ChatBrowser(onPath(List.of("node")), onPath(CHROMIUM));
    }

    /** A person with a browser profile of their own, who has the page open. */
    Visitor visit(String url) {
        return new Visitor(browser.newContext(), url);
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static Path onPath(List<String> names) {
        String path = System.getenv().getOrDefault("PATH", "");
        return names.stream()
                .flatMap(name -> Arrays.stream(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> missing("none of " + names + " is on the PATH"));
    }

    private static RuntimeException missing(String what) {
        String message = "No browser test: " + what;
        if ("true".equals(System.getenv("CI"))) fail(message);
        return Assumptions.abort(message);
    }
}
