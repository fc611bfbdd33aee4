package io.sockeye.testbed.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation shows code that compiles, with the imports that it shows. */
class SnippetsTest {
    @TempDir
    private Path classes;

    @ParameterizedTest
    @MethodSource("io.sockeye.testbed.docs.Pages#withJava")
    void compile(Path page) throws IOException {
        List<Source> sources = Snippet.in(page).stream().map(Source::new).toList();

        var problems = new DiagnosticCollector<JavaFileObject>();
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, options(), null, sources)
                .call();

        assertThat(problems.getDiagnostics().stream()
                        .filter(it -> it.getKind() == Diagnostic.Kind.ERROR)
                        .map(SnippetsTest::describe))
                .isEmpty();
    }

    private List<String> options() {
        String path = System.getProperty("java.class.path");
        return List.of("-proc:none", "--release", "17", "-Xmaxerrs", "1000", "-d", classes.toString(), "-cp", path);
    }

    private static String describe(Diagnostic<? extends JavaFileObject> problem) {
        return problem.getSource() instanceof Source source
                ? source.snippet + ": " + problem.getMessage(Locale.ROOT) + "\n" + source.line(problem.getLineNumber())
                : problem.toString();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final Snippet snippet;

        Source(Snippet snippet) {
            super(URI.create("string:///" + snippet.className() + ".java"), Kind.SOURCE);
            this.snippet = snippet;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return snippet.file();
        }

        String line(long number) {
            return snippet.file()
                    .lines()
                    .skip(Math.max(0, number - 1))
                    .findFirst()
                    .orElse("");
        }
    }
}
