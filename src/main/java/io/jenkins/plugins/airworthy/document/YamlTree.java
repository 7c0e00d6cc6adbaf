package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds values from a parser's events. The library's own composer is not used: it resolves aliases, does not distinguish
 * written from implicit tags, and gives no place if a document is nested too deeply.
 */
final class YamlTree {
    private final String what;
    private final Parser events;
    private int values;

    YamlTree(String what, Parser events) {
        this.what = what;
        this.events = events;
    }

    YamlValue document() throws InvalidInputException {
        start();
        YamlValue value = value(1);
        if (value.isNull()) {
            throw new InvalidInputException(what + ": is empty");
        }
        end();
        return value;
    }

    /** Begins a document that is a map, and reads its members up to the named one, which must be a list and is not read. */
    YamlValue mapBefore(String list) throws InvalidInputException {
        start();
        Mark mark = events.peekEvent().getStartMark();
        if (!(events.peekEvent() instanceof MappingStartEvent begin)
                || begin.getAnchor() != null
                || begin.getTag() != null) {
            throw error(mark, "expected a map without anchor and tag");
        }
        events.getEvent();
        Map<String, YamlValue> members = new LinkedHashMap<>();
        List<YamlValue> keys = new ArrayList<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            YamlValue key = value(2);
            if (key.text().equals(list)) {
                requirePlainList(key);
                return YamlValue.map(what, mark, members, keys);
            }
            put(members, keys, key, 2);
        }
        throw error(mark, "'" + list + "' is missing");
    }

    private void requirePlainList(YamlValue key) throws InvalidInputException {
        Event event = events.getEvent();
        if (!(event instanceof SequenceStartEvent begin) || begin.getAnchor() != null || begin.getTag() != null) {
            throw key.error("expected a list without anchor and tag");
        }
    }

    /** The next entry of the list, with limits of its own; empty after the last, which must be the document's end. */
    Optional<YamlValue> entry() throws InvalidInputException {
        values = 0;
        if (!events.checkEvent(Event.ID.SequenceEnd)) {
            return Optional.of(value(3));
        }
        events.getEvent();
        if (!events.checkEvent(Event.ID.MappingEnd)) {
            throw error(events.peekEvent().getStartMark(), "nothing may come after the list");
        }
        events.getEvent();
        end();
        return Optional.empty();
    }

    private void start() throws InvalidInputException {
        events.getEvent(); // the stream's start
        if (events.checkEvent(Event.ID.StreamEnd)) {
            throw new InvalidInputException(what + ": is empty");
        }
        DocumentStartEvent start = (DocumentStartEvent) events.getEvent();
        boolean tags = start.getTags() != null && !start.getTags().isEmpty();
        if (tags || start.getVersion() != null) {
            throw error(start.getStartMark(), "directives are not allowed");
        }
    }

    private void end() throws InvalidInputException {
        events.getEvent(); // the document's end
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            throw error(events.peekEvent().getStartMark(), "only one document is allowed");
        }
    }

    private YamlValue value(int depth) throws InvalidInputException {
        Event event = events.getEvent();
        Mark mark = event.getStartMark();
        if (++values > StrictYaml.MAX_VALUES) {
            throw error(mark, "more than the allowed " + StrictYaml.MAX_VALUES + " values");
        }
        if (event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null)) {
            throw error(mark, "anchors and aliases are not allowed; write the value out");
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        CollectionStartEvent start = (CollectionStartEvent) event;
        if (start.getTag() != null) {
            throw error(mark, "tags are not allowed");
        }
        if (depth > StrictYaml.MAX_DEPTH) {
            throw error(mark, "nested deeper than " + StrictYaml.MAX_DEPTH);
        }
        return start.is(Event.ID.MappingStart) ? map(mark, depth) : list(mark, depth);
    }

    private YamlValue scalar(ScalarEvent scalar) throws InvalidInputException {
        if (scalar.getTag() != null) {
            throw error(scalar.getStartMark(), "tags are not allowed");
        }
        YamlValue value = YamlValue.scalar(what, scalar.getStartMark(), scalar.getValue(), scalar.getScalarStyle());
        value.refuseAmbiguity();
        return value;
    }

    private YamlValue map(Mark mark, int depth) throws InvalidInputException {
        Map<String, YamlValue> members = new LinkedHashMap<>();
        List<YamlValue> keys = new ArrayList<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            put(members, keys, value(depth + 1), depth + 1);
        }
        events.getEvent();
        return YamlValue.map(what, mark, members, keys);
    }

    private void put(Map<String, YamlValue> members, List<YamlValue> keys, YamlValue key, int depth)
            throws InvalidInputException {
        String name = key.text();
        if (members.containsKey(name)) {
            throw key.error("'" + name + "' occurs twice");
        }
        keys.add(key);
        members.put(name, value(depth));
    }

    private YamlValue list(Mark mark, int depth) throws InvalidInputException {
        List<YamlValue> values = new ArrayList<>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            values.add(value(depth + 1));
        }
        events.getEvent();
        return YamlValue.list(what, mark, values);
    }

    private InvalidInputException error(Mark mark, String problem) {
        return YamlValue.scalar(what, mark, "", ScalarStyle.PLAIN).error(problem);
    }
}
