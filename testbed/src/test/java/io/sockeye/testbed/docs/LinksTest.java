package io.sockeye.testbed.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages point to is there. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @ParameterizedTest
    @MethodSource("io.sockeye.testbed.docs.Pages#all")
    void lead(Path page) {
        String prose = CODE.matcher(Pages.text(page)).replaceAll("");
        assertThat(LINK.matcher(prose)
                        .results()
                        .filter(link -> !leads(page, link))
                        .map(MatchResult::group))
                .isEmpty();
    }

    private static boolean leads(Path page, MatchResult link) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        return Files.exists(target) && (link.group(2) == null || hasHeading(target, link.group(2)));
    }

    /** As code hosts name the headings: in small letters, with hyphens for blanks, without punctuation. */
    private static boolean hasHeading(Path page, String anchor) {
        return HEADING.matcher(Pages.text(page))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .anyMatch(anchor::equals);
    }

    @Test
    void theFirstPageIsShort() {
        assertThat(Pages.text(Path.of("..", "README.md")).lines().count()).isLessThanOrEqualTo(200);
    }
}
