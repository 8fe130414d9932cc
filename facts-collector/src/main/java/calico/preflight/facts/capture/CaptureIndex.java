package calico.preflight.facts.capture;

import calico.preflight.facts.source.HostSource.FileKind;
import calico.preflight.facts.source.UnusableSourceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an index states: of each path what is there, where it leads, what is in it, or why that could not be seen.
 *
 * @param places by absolute path
 * @param commands what became of each command, by its label
 */
record CaptureIndex(Map<String, Place> places, Map<String, String> commands) {

    /** What became of a command whose output was kept. */
    static final String PRINTED = "printed";

    /** What became of a command whose program is not on the host. */
    static final String MISSING = "missing";

    /** The last line: an index without it was not written to its end. */
    static final String END = "end";

    private static final int MOST_LINES = 2_000_000;

    CaptureIndex {
        places = Collections.unmodifiableMap(places);
        commands = Map.copyOf(commands);
    }

    /** What is at a path. */
    enum Is {
        FILE,
        DIRECTORY,
        OTHER,
        MISSING,
        UNTOLD;

        Optional<FileKind> kind() {
            return switch (this) {
                case FILE -> Optional.of(FileKind.FILE);
                case DIRECTORY -> Optional.of(FileKind.DIRECTORY);
                case OTHER -> Optional.of(FileKind.OTHER);
                case MISSING, UNTOLD -> Optional.empty();
            };
        }
    }

    /** Why something could not be seen. */
    record Trouble(boolean denied, String why) {}

    /** A path, as far as the capture tells of it. */
    static final class Place {
        private Is is = Is.UNTOLD;
        private Optional<Trouble> trouble = Optional.empty();
        private Optional<String> link = Optional.empty();
        private boolean noLink;
        private boolean linkDenied;
        private Optional<List<String>> names = Optional.empty();
        private Optional<List<String>> walk = Optional.empty();

        Is is() {
            return is;
        }

        Optional<Trouble> trouble() {
            return trouble;
        }

        Optional<String> link() {
            return link;
        }

        boolean isNoLink() {
            return noLink;
        }

        boolean isLinkDenied() {
            return linkDenied;
        }

        Optional<List<String>> names() {
            return names;
        }

        Optional<List<String>> walk() {
            return walk;
        }
    }

    /**
     * Reads the text of an index.
     *
     * @throws UnusableSourceException if it is none; the message names the line
     */
    static CaptureIndex parse(String text) throws UnusableSourceException {
        return new Parser().parse(text);
    }

    private static final class Parser {
        private final Map<String, Place> places = new HashMap<>();
        private final Map<String, String> commands = new HashMap<>();
        private Optional<String> entriesOf = Optional.empty();
        private boolean areNames;
        private List<String> entries = new ArrayList<>();
        private int number;
        private boolean ended;

        CaptureIndex parse(String text) throws UnusableSourceException {
            int from = 0;
            while (from < text.length()) {
                int newline = text.indexOf('\n', from);
                if (newline < 0) {
                    throw wrong("it ends within a line");
                }
                if (++number > MOST_LINES) {
                    throw wrong("it has more than " + MOST_LINES + " lines");
                }
                line(text.substring(from, newline));
                from = newline + 1;
            }
            if (!ended) {
                throw new UnusableSourceException("is no whole capture: the last line of its index is not \"" + END
                        + "\", so that it was cut off when it was taken; take it again");
            }
            return new CaptureIndex(places, commands);
        }

        private void line(String line) throws UnusableSourceException {
            if (ended) {
                throw wrong("something stands behind the end");
            }
            if (line.equals(END)) {
                ended = true;
                return;
            }
            String[] parts = line.split("\t", -1);
            if (parts.length < 2 || parts.length > 3) {
                throw wrong("no statement of a word, a path and a detail");
            }
            if (parts[0].isEmpty()) {
                entry(parts[1], parts.length == 3 ? parts[2] : "");
                return;
            }
            String detail = parts.length == 3 ? parts[2] : "";
            if (parts[0].equals("command")) {
                commands.put(parts[1], detail);
            } else {
                statement(parts[0], parts[1], detail);
            }
        }

        private void statement(String word, String path, String detail) throws UnusableSourceException {
            if (!path.startsWith("/")) {
                throw wrong("the path is not absolute");
            }
            Place place = places.computeIfAbsent(path, any -> new Place());
            entriesOf = Optional.empty();
            switch (word) {
                case "file" -> place.is = Is.FILE;
                case "directory" -> place.is = Is.DIRECTORY;
                case "other" -> place.is = Is.OTHER;
                case "missing" -> place.is = Is.MISSING;
                case "denied" -> place.trouble = Optional.of(new Trouble(true, detail));
                case "failed" -> place.trouble = Optional.of(new Trouble(false, detail));
                case "link" -> place.link = Optional.of(detail);
                case "no-link" -> place.noLink = true;
                case "denied-link" -> place.linkDenied = true;
                case "listing", "walk" -> {
                    place.is = Is.DIRECTORY;
                    entriesOf = Optional.of(path);
                    areNames = word.equals("listing");
                    entries = new ArrayList<>();
                    if (areNames) {
                        place.names = Optional.of(entries);
                    } else {
                        place.walk = Optional.of(entries);
                    }
                }
                default -> throw wrong("no such statement: " + word);
            }
        }

        /** The kinds of the entries of a listing: l for a link, then what it leads to; n is nothing. */
        private void entry(String name, String is) throws UnusableSourceException {
            if (entriesOf.isEmpty() || name.isEmpty() || (areNames && name.contains("/"))) {
                throw wrong("an entry where none can be");
            }
            entries.add(name);
            if (!areNames) {
                return;
            }
            String directory = entriesOf.get();
            String path = directory.equals("/") ? "/" + name : directory + "/" + name;
            Place place = places.computeIfAbsent(path, any -> new Place());
            place.noLink |= !is.isEmpty() && !is.startsWith("l");
            if (place.is == Is.UNTOLD) {
                place.is = switch (is.startsWith("l") ? is.substring(1) : is) {
                    case "f" -> Is.FILE;
                    case "d" -> Is.DIRECTORY;
                    case "o" -> Is.OTHER;
                    case "n" -> Is.MISSING;
                    case "" -> Is.UNTOLD;
                    default -> throw wrong("no such kind: " + is);
                };
            }
        }

        private UnusableSourceException wrong(String what) {
            return new UnusableSourceException("is no capture: index, line " + number + ": " + what);
        }
    }
}
