package io.jenkins.plugins.airworthy.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The drawings of docs/architecture.md: for each package that has packages below it, which of them may use which. An arrow allows
 * to use whatever can be reached along the arrows.
 */
final class Drawings {
    private static final Pattern DRAWING = Pattern.compile("```mermaid\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern TITLE = Pattern.compile("%% (\\S+)");
    private static final Pattern ARROWS = Pattern.compile("\\s*(\\w+) --> (\\w+(?: & \\w+)*)");

    private final Map<String, Map<String, Set<String>>> byParent;

    private Drawings(Map<String, Map<String, Set<String>>> byParent) {
        this.byParent = byParent;
    }

    static Drawings read() throws IOException {
        Map<String, Map<String, Set<String>>> byParent = new TreeMap<>();
        Matcher drawing = DRAWING.matcher(Files.readString(Path.of("docs/architecture.md")));
        while (drawing.find()) {
            Matcher title = TITLE.matcher(drawing.group(1));
            if (title.find()) {
                byParent.put(title.group(1), arrows(drawing.group(1)));
            }
        }
        return new Drawings(byParent);
    }

    private static Map<String, Set<String>> arrows(String drawing) {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        drawing.lines().filter(line -> line.contains("-->")).forEach(line -> {
            Matcher arrow = ARROWS.matcher(line);
            if (!arrow.matches()) {
                throw new IllegalStateException("not understood in a drawing: " + line);
            }
            Set<String> to = arrows.computeIfAbsent(arrow.group(1), from -> new LinkedHashSet<>());
            to.addAll(Set.of(arrow.group(2).split(" & ")));
        });
        return arrows;
    }

    boolean allows(Arrow arrow) {
        return reachable(arrow.parent(), arrow.from()).contains(arrow.to());
    }

    /** Every arrow that is drawn. */
    Set<Arrow> all() {
        Set<Arrow> all = new TreeSet<>();
        byParent.forEach((parent, arrows) ->
                arrows.forEach((from, targets) -> targets.forEach(to -> all.add(new Arrow(parent, from, to)))));
        return all;
    }

    /** Whether the arrows have a circle. */
    boolean leadsBack(Arrow arrow) {
        return reachable(arrow.parent(), arrow.to()).contains(arrow.from());
    }

    private Set<String> reachable(String parent, String from) {
        Set<String> reached = new LinkedHashSet<>();
        collect(byParent.getOrDefault(parent, Map.of()), from, reached);
        return reached;
    }

    private static void collect(Map<String, Set<String>> arrows, String from, Set<String> reached) {
        for (String to : arrows.getOrDefault(from, Set.of())) {
            if (reached.add(to)) {
                collect(arrows, to, reached);
            }
        }
    }
}
