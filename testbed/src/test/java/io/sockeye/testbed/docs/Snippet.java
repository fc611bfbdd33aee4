package io.sockeye.testbed.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of Java in a page of the documentation.
 *
 * @param page the file's name
 * @param line where the code begins, from 1
 * @param imports what the section's blocks of mere imports name, in front of the code
 */
record Snippet(String page, int line, String imports, String code) {
    private static final Pattern HEADING = Pattern.compile("#{1,3} .*");
    private static final Pattern PUBLIC_CLASS = Pattern.compile("^public (?:final )?class (\\w+)", Pattern.MULTILINE);

    /**
     * All blocks of Java in the page but those in the left columns of tables, which show other frameworks. A heading of the
     * first three levels ends the validity of imports.
     */
    static List<Snippet> in(Path page) throws IOException {
        List<Snippet> found = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        String imports = "";
        for (int i = 0; i < lines.size(); i++) {
            if (HEADING.matcher(lines.get(i)).matches()) {
                imports = "";
            }
            if (lines.get(i).equals("```java") && !(i > 1 && lines.get(i - 2).endsWith("<tr><td>"))) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
                String code = String.join("\n", lines.subList(i + 1, end));
                if (lines.subList(i + 1, end).stream().allMatch(line -> line.startsWith("import "))) {
                    imports += code + "\n";
                } else {
                    found.add(new Snippet(page.getFileName().toString(), i + 2, imports, code));
                }
                i = end;
            }
        }
        return found;
    }

    /** The class that a reader would have for it: the code itself if it is a whole file, else one around the code. */
    String className() {
        Matcher whole = PUBLIC_CLASS.matcher(code);
        return whole.find() ? whole.group(1) : page.replaceAll("\\W", "_") + line;
    }

    /** A file that the compiler takes. What surrounds the code has the names that all pages use, such as {@code server}. */
    String file() {
        if (PUBLIC_CLASS.matcher(code).find()) {
            return code;
        }
        String statements = code.replaceAll("(?m)^static final ", "final ");
        return """
                %s
                abstract class %s extends io.sockeye.testbed.docs.Surroundings {
                    void run() throws Exception {
                %s
                    }
                }
                """.formatted(imports, className(), statements);
    }

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
