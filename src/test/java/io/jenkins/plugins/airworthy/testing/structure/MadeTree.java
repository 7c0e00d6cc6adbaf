package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.testing.structure.MadeImage.Kind;
import io.jenkins.plugins.airworthy.testing.structure.MadeImage.Part;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Says in a layer what it otherwise leaves to be concluded from the layers beneath it. */
final class MadeTree {
    private final Map<String, Part> alive = new HashMap<>();
    private final Set<String> ever = new TreeSet<>();

    private MadeTree() {}

    /** Each layer begins with a description of every directory in which it does something. */
    static MadeImage described(MadeImage image) {
        MadeTree tree = new MadeTree();
        List<List<Part>> layers = new ArrayList<>();
        for (List<Part> layer : image.layers()) {
            Map<String, Part> directories = new HashMap<>();
            for (String path : touched(layer)) {
                Part before = tree.alive.get(path);
                directories.put(path, before == null || before.kind() != Kind.DIRECTORY ? implied(path) : before);
            }
            layer.stream()
                    .filter(part -> part.kind() == Kind.DIRECTORY)
                    .forEach(part -> directories.put(part.path(), part));
            List<Part> changed = new ArrayList<>();
            for (String path : new TreeSet<>(directories.keySet())) {
                if (isDirectoryIn(layer, path)) {
                    changed.add(directories.get(path));
                }
            }
            layer.stream().filter(part -> part.kind() != Kind.DIRECTORY).forEach(changed::add);
            layers.add(changed);
            tree.apply(changed);
        }
        return image.with(layers);
    }

    /**
     * A directory that begins empty where one was before has a whiteout for each name of that one.
     *
     * @param opaque when a whiteout says so, which is left out then; else when it was hidden or replaced in between
     */
    static MadeImage spelledOut(MadeImage image, boolean opaque) {
        MadeTree tree = new MadeTree();
        List<List<Part>> layers = new ArrayList<>();
        for (List<Part> layer : image.layers()) {
            Set<String> touched = touched(layer);
            Set<String> empty = new TreeSet<>();
            for (String path : touched) {
                boolean made = isDirectoryIn(layer, path)
                        && (!tree.alive.containsKey(path)
                                || tree.alive.get(path).kind() != Kind.DIRECTORY);
                if (opaque
                        ? layer.stream()
                                .anyMatch(part -> part.kind() == Kind.OPAQUE
                                        && part.path().equals(path))
                        : made && tree.ever.contains(path)) {
                    empty.add(path);
                }
            }
            List<Part> changed = new ArrayList<>();
            for (String path : tree.ever) {
                String parent = implied(path).parent();
                if (!touched.contains(path)
                        && touched.contains(parent)
                        && empty.stream().anyMatch(directory -> path.startsWith(directory + "/"))) {
                    changed.add(implied(path).as(Kind.WHITEOUT, ""));
                }
            }
            layer.stream().filter(part -> !opaque || part.kind() != Kind.OPAQUE).forEach(changed::add);
            layers.add(changed);
            tree.apply(layer);
        }
        return image.with(layers);
    }

    private static Part implied(String path) {
        return new Part(Kind.DIRECTORY, "", path, "", 0755, 0, 0);
    }

    private static boolean isDirectoryIn(List<Part> layer, String path) {
        return layer.stream()
                .anyMatch(part -> part.path().startsWith(path + "/")
                        || (part.path().equals(path) && (part.kind() == Kind.DIRECTORY || part.kind() == Kind.OPAQUE)));
    }

    /** What a layer puts, and all directories in which it puts or hides something. */
    private static Set<String> touched(List<Part> layer) {
        Set<String> touched = new TreeSet<>();
        for (Part part : layer) {
            if (part.kind() != Kind.WHITEOUT) {
                touched.add(part.path());
            }
            for (String path = part.parent();
                    !path.isEmpty();
                    path = implied(path).parent()) {
                touched.add(path);
            }
        }
        return touched;
    }

    private void apply(List<Part> layer) {
        Set<String> touched = touched(layer);
        for (Part part : layer) {
            for (String path = part.parent();
                    !path.isEmpty();
                    path = implied(path).parent()) {
                alive.putIfAbsent(path, implied(path));
            }
            Part before = alive.get(part.path());
            switch (part.kind()) {
                case WHITEOUT -> remove(part.path(), true, Set.of());
                case OPAQUE -> {
                    alive.putIfAbsent(part.path(), implied(part.path()));
                    remove(part.path(), false, touched);
                }
                default -> {
                    if (part.kind() != Kind.DIRECTORY || before == null || before.kind() != Kind.DIRECTORY) {
                        remove(part.path(), true, Set.of());
                    }
                    alive.put(part.path(), part);
                }
            }
        }
        ever.addAll(touched);
    }

    private void remove(String path, boolean itself, Set<String> but) {
        for (String gone : new HashSet<>(alive.keySet())) {
            if ((gone.startsWith(path + "/") || (itself && gone.equals(path))) && !but.contains(gone)) {
                alive.remove(gone);
            }
        }
    }
}
