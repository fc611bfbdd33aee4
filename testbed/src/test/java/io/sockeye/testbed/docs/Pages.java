package io.sockeye.testbed.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pages of the documentation. */
final class Pages {
    private static final Path TOP = Path.of("..");

    private Pages() {}

    /** Those at the top and those of {@code docs} and its decisions. */
    static List<Path> all() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : List.of(TOP, TOP.resolve("docs"), TOP.resolve("docs/decisions"))) {
            try (var files = Files.newDirectoryStream(folder, "*.md")) {
                files.forEach(found::add);
            }
        }
        return found;
    }

    /** Those that show code of Java. */
    static List<Path> withJava() throws IOException {
        List<Path> found = all();
        found.removeIf(page -> !text(page).contains("\n```java\n"));
        return found;
    }

    static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
