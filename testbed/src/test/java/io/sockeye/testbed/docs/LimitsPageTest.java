package io.sockeye.testbed.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClientBuilder;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.SocketServerBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the limits tells of all of them, and what it tells is so. */
class LimitsPageTest {
    private static final Path TOP = Path.of("..");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

    /** Settings that have a number or a time and limit nothing. */
    private static final Set<String> NO_LIMITS = Set.of("port", "retries");

    private final LimitTable table = new LimitTable();

    @Test
    void hasEachLimitWithItsDefault() throws IOException {
        var found = rows().stream().map(row -> row.get(0)).toList();

        assertThat(found)
                .containsExactlyElementsOf(limits().map(LimitTable.Limit::name).toList());
        for (int i = 0; i < found.size(); i++) {
            var row = rows().get(i);
            var limit = limits().toList().get(i);
            assertThat(row.get(1)).as(limit.name()).matches(Pattern.quote(limit.value()) + "(\\W.*)?");
        }
    }

    @Test
    void namesSettingsThatExist() throws IOException {
        var rows = rows();
        var limits = limits().toList();
        for (int i = 0; i < rows.size(); i++) {
            var limit = limits.get(i);
            if (limit.owner() == null) {
                assertThat(rows.get(i).get(2)).as(limit.name()).isEqualTo("–");
            } else {
                assertThat(rows.get(i).get(2)).as(limit.name()).startsWith("`" + limit.setting() + "`");
                assertThat(limit.owner().getMethods())
                        .as(limit.name())
                        .anyMatch(method -> method.getName().equals(limit.setting()));
            }
        }
    }

    @Test
    void saysWhatFollowsOfEach() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row).hasSize(5);
            assertThat(row).noneMatch(String::isBlank);
        });
    }

    /** A setting with a number or a time is a limit, unless it is known to be none. */
    @ParameterizedTest
    @ValueSource(classes = {SocketServerBuilder.class, SocketClientBuilder.class, ConnectionStateRecovery.class})
    void leavesOutNoSetting(Class<?> settings) {
        var told = limits().map(LimitTable.Limit::setting).collect(Collectors.toSet());

        assertThat(Arrays.stream(settings.getMethods())
                        .filter(LimitsPageTest::mayLimit)
                        .map(Method::getName)
                        .filter(name -> !NO_LIMITS.contains(name)))
                .isNotEmpty()
                .isSubsetOf(told);
    }

    private static boolean mayLimit(Method method) {
        return method.getDeclaringClass() != Object.class
                && !Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() > 0
                && Arrays.stream(method.getParameterTypes())
                        .allMatch(type -> type == int.class || type == long.class || type == Duration.class);
    }

    /** What it quotes of the log stands in the code. */
    @Test
    void quotesTheLog() throws IOException {
        var code = code();
        var quotes = rows().stream()
                .map(row -> row.get(4))
                .flatMap(cell -> QUOTED.matcher(cell).results())
                .map(quote -> quote.group(1))
                .toList();

        assertThat(quotes).isNotEmpty().allSatisfy(quote -> assertThat(code).contains(quote));
    }

    private Stream<LimitTable.Limit> limits() {
        return Stream.of(
                        table.ofMessages(),
                        table.ofOneClient(),
                        table.ofTime(),
                        table.ofAllClients(),
                        table.ofThreads(),
                        table.ofRecovery(),
                        table.ofTheClient())
                .flatMap(List::stream);
    }

    /** The cells of all tables, without their heads. */
    private static List<List<String>> rows() throws IOException {
        var rows = new ArrayList<List<String>>();
        for (var line : Files.readAllLines(TOP.resolve("docs/limits.md"))) {
            if (line.startsWith("| ") && !line.startsWith("| Limit |") && !line.startsWith("| ---")) {
                rows.add(List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)));
            }
        }
        return rows;
    }

    private static String code() throws IOException {
        var all = new StringBuilder();
        for (var module : List.of("framework-core", "framework-server", "framework-client")) {
            try (var files = Files.walk(TOP.resolve(module).resolve("src/main/java"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        return JOINED.matcher(all).replaceAll("");
    }
}
