package io.sockeye.testbed.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** The page about proxies, {@code docs/deploy.md}. */
public final class DeployPage {
    private static final Path FILE = Path.of("..", "docs", "deploy.md");

    private DeployPage() {}

    static String text() {
        return Pages.text(FILE);
    }

    /** The settings that the page shows for a proxy, in the only block of that language. */
    public static String settings(String language) {
        var blocks = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(text())
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).as(language).hasSize(1);
        return blocks.get(0);
    }

    /** The settings with as many seconds instead of the 90 that the page gives all timeouts. */
    public static String withTimeouts(String settings, int seconds) {
        return settings.replaceAll("\\b90(?=s?\\b)", String.valueOf(seconds));
    }

    /** The modules of Apache httpd that the page has the reader enable. */
    public static String[] apacheModules() {
        var command = Pattern.compile("`a2enmod ([\\w ]+)`").matcher(text());
        assertThat(command.find()).as("a2enmod").isTrue();
        return command.group(1).split(" ", -1);
    }
}
