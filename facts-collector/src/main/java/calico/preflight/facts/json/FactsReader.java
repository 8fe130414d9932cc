package calico.preflight.facts.json;

import calico.preflight.facts.EntryMap;
import calico.preflight.facts.Fact;
import calico.preflight.facts.FactCatalogue;
import calico.preflight.facts.FactSelection;
import calico.preflight.facts.FactType;
import calico.preflight.facts.FactType.Kind;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Flag;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.FactValue.Texts;
import calico.preflight.facts.FactValue.Whole;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.json.FactsFile.Contents;
import calico.preflight.facts.json.FactsFile.State;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads a facts file in one pass, collecting its mistakes. */
final class FactsReader {

    private static final int MAX_PROBLEMS = 20;
    private static final int MAX_BYTES = 64 << 20;
    private static final int MAX_ENTRIES = 200_000;

    /** A fact's value in a fact in the list of facts in the root, with an entry or a row in it: five. */
    private static final int MAX_NESTING = 8;

    /** Ten thousand names that come once each are not worth a table of names. */
    private static final JsonFactory OF_ONE_HOST = factory()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** Where only a part is wanted, other hosts with the same names follow; the table of them is bounded (6,000). */
    private static final JsonFactory OF_MANY_HOSTS = factory()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private static final String ENTRY = "an entry must be a text, [text, line] or [text, line, place]";

    private static final Map<String, FactType> TYPES =
            FactCatalogue.ALL.stream().collect(Collectors.toUnmodifiableMap(FactType::name, Function.identity()));

    private final String file;
    private final FactSelection wanted;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Optional<String> source = Optional.empty();
    private Optional<String> collectedAt = Optional.empty();
    private final Map<String, Fact> facts = new TreeMap<>();
    private final Set<String> aliased = new HashSet<>();
    private boolean cameLate;

    private static JsonFactoryBuilder factory() {
        return (JsonFactoryBuilder) JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxStringLength(1 << 20)
                        .maxNameLength(4096)
                        .maxNumberLength(40)
                        .build());
    }

    FactsReader(String file, FactSelection wanted) {
        this.file = file;
        this.wanted = wanted;
    }

    Contents read(byte[] bytes) throws InvalidFactsException {
        if (bytes.length > MAX_BYTES) {
            problem("is larger than " + MAX_BYTES + " bytes");
        } else {
            try (JsonParser json = (wanted == FactSelection.ALL ? OF_ONE_HOST : OF_MANY_HOSTS).createParser(bytes)) {
                root(json);
            } catch (JsonProcessingException e) {
                problem(e.getLocation(), "is no JSON that is read here: " + e.getOriginalMessage());
            } catch (IOException e) {
                problem("is no JSON that is read here: " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidFactsException(problems);
        }
        if (cameLate) {
            return new FactsReader(file, wanted.withAllEntries()).read(bytes);
        }
        return new Contents(new HostFacts(source.orElse(file), collectedAt.orElse(""), facts), warnings);
    }

    private void root(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            problem("is no facts file; what collect -o json writes is allowed");
            return;
        }
        boolean schema = false;
        boolean list = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            JsonLocation at = json.currentTokenLocation();
            json.nextToken();
            switch (member) {
                case "schema" -> {
                    schema = true;
                    string(json, "schema")
                            .filter(name -> !name.equals(FactsFile.SCHEMA))
                            .ifPresent(name -> problem(
                                    at, "the schema is " + quoted(name) + "; allowed is " + quoted(FactsFile.SCHEMA)));
                }
                case "host" -> host(json);
                case "collectedAt" -> {
                    JsonLocation value = json.currentTokenLocation();
                    collectedAt = string(json, "collectedAt");
                    collectedAt
                            .filter(time -> !isTime(time))
                            .ifPresent(time -> problem(
                                    value,
                                    "collectedAt is " + quoted(time)
                                            + "; allowed is a time such as \"2026-01-01T00:00:00Z\""));
                }
                case "facts" -> {
                    list = true;
                    facts(json);
                }
                default -> skip(json, at, "the member " + quoted(member) + " is not known here and was left out");
            }
        }
        if (json.currentToken() == JsonToken.END_OBJECT && json.nextToken() != null) {
            problem(json.currentTokenLocation(), "something follows the end of the facts");
        }
        if (problems.isEmpty()) {
            require(schema, "\"schema\"");
            require(source.isPresent(), "\"source\" of \"host\"");
            require(collectedAt.isPresent(), "\"collectedAt\"");
            require(list, "\"facts\"");
        }
    }

    private void require(boolean there, String member) {
        if (!there) {
            problem("the member " + member + " is missing");
        }
    }

    private static boolean isTime(String text) {
        // So collect writes it; to load the formatters of Java takes a JVM that has just started some milliseconds.
        if (isPlainTime(text)) {
            return true;
        }
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Is it such as {@code 2026-02-28T23:59:59Z}, of a day that every month has? */
    private static boolean isPlainTime(String text) {
        return text.length() == 20
                && text.charAt(4) == '-'
                && isNumber(text, 0, 4, 0, 9999)
                && isNumber(text, 5, 7, 1, 12)
                && text.charAt(7) == '-'
                && isNumber(text, 8, 10, 1, 28)
                && text.charAt(10) == 'T'
                && isNumber(text, 11, 13, 0, 23)
                && text.charAt(13) == ':'
                && isNumber(text, 14, 16, 0, 59)
                && text.charAt(16) == ':'
                && isNumber(text, 17, 19, 0, 59)
                && text.charAt(19) == 'Z';
    }

    private static boolean isNumber(String text, int begin, int end, int least, int most) {
        int number = 0;
        for (int at = begin; at < end; at++) {
            char digit = text.charAt(at);
            if (digit < '0' || digit > '9') {
                return false;
            }
            number = number * 10 + digit - '0';
        }
        return least <= number && number <= most;
    }

    private void host(JsonParser json) throws IOException {
        if (!expect(json, JsonToken.START_OBJECT, "host must be an object")) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            if (member.equals("source")) {
                source = string(json, "source");
            } else {
                // the rest of it only repeats facts
                json.skipChildren();
            }
        }
    }

    private void facts(JsonParser json) throws IOException {
        if (!expect(json, JsonToken.START_ARRAY, "facts must be a list")) {
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
            if (expect(
                    json, JsonToken.START_OBJECT, "a fact must be an object with fact, state, value, origin and why")) {
                fact(json);
            }
        }
    }

    /** The members of a fact, which may come in any order, and where its name and its value stand. */
    private static final class Members {
        final JsonLocation start;
        Optional<String> name = Optional.empty();
        JsonLocation nameAt;
        Optional<State> state = Optional.empty();
        boolean stateSeen;
        Optional<FactValue> value = Optional.empty();
        boolean valueSeen;
        JsonLocation valueAt;
        Optional<String> origin = Optional.empty();
        Optional<Integer> line = Optional.empty();
        Optional<String> why = Optional.empty();

        Members(JsonLocation start) {
            this.start = start;
            this.nameAt = start;
            this.valueAt = start;
        }
    }

    private void fact(JsonParser json) throws IOException {
        Members members = new Members(json.currentTokenLocation());
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            JsonLocation at = json.currentTokenLocation();
            json.nextToken();
            switch (member) {
                case "fact" -> {
                    members.nameAt = json.currentTokenLocation();
                    members.name = string(json, "fact");
                    if (isUnwanted(members)) {
                        passOver(json);
                        return;
                    }
                }
                case "state" -> {
                    members.stateSeen = true;
                    members.state = state(json);
                }
                case "value" -> {
                    members.valueSeen = true;
                    members.valueAt = json.currentTokenLocation();
                    if (members.name.isPresent() && kindOf(members.name.get()).isEmpty()) {
                        json.skipChildren();
                    } else {
                        members.value = value(json, members.name.orElse(""));
                    }
                }
                case "origin" -> members.origin = string(json, "origin");
                case "line" -> members.line = line(json);
                case "why" -> members.why = string(json, "why");
                default -> skip(json, at, "the member " + quoted(member) + " is not known here and was left out");
            }
        }
        finish(members);
    }

    /** A fact that this version knows and nobody asked for. */
    private boolean isUnwanted(Members members) {
        return members.name
                .filter(name -> !wanted.holds(name) && kindOf(name).isPresent())
                .isPresent();
    }

    private static void passOver(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            json.nextToken();
            json.skipChildren();
        }
    }

    private void finish(Members members) {
        if (members.name.isEmpty()) {
            problem(members.start, "a fact has no name; the member \"fact\" gives it");
            return;
        }
        String name = members.name.get();
        Optional<Kind> kind = kindOf(name);
        if (kind.isEmpty()) {
            warnings.add(place(members.nameAt) + "the fact " + quoted(name) + " is not known here and was left out"
                    + similar(name));
            return;
        }
        if (!members.stateSeen) {
            problem(members.start, "the fact " + quoted(name) + " has no state; allowed are known, absent and unknown");
        }
        if (members.state.isEmpty()) {
            return;
        }
        if (facts.containsKey(name)) {
            problem(members.nameAt, "the fact " + quoted(name) + " is given twice");
        }
        Origin origin = members.origin
                .map(text -> members.line.map(line -> new Origin(text, line)).orElseGet(() -> FactsFile.origin(text)))
                .orElseGet(() -> Origin.of(file));
        observed(members, name, kind.get(), origin).ifPresent(seen -> facts.put(name, new Fact(name, seen)));
    }

    private Optional<Observed<FactValue>> observed(Members members, String name, Kind kind, Origin origin) {
        State state = members.state.orElse(State.UNKNOWN);
        if (state != State.KNOWN) {
            if (members.valueSeen) {
                problem(
                        members.valueAt,
                        "the fact " + quoted(name) + " is " + state.label()
                                + " and yet has a value; only a known fact has one");
            }
            if (state == State.ABSENT) {
                return Optional.of(Observed.absent(origin));
            }
            if (members.why.isEmpty()) {
                problem(members.start, "the fact " + quoted(name) + " is unknown, but \"why\" is missing");
            }
            return members.why.map(why -> Observed.unknown(why, origin));
        }
        if (!members.valueSeen) {
            problem(members.start, "the fact " + quoted(name) + " is known, but has no value");
        }
        return members.value
                .flatMap(value -> fitting(value, kind, name, members.valueAt))
                .map(value -> Observed.known(value, origin));
    }

    /** The type of a fact, or that of the entry of a table that is given as a fact of its own. */
    private static Optional<Kind> kindOf(String name) {
        FactType type = TYPES.get(name);
        if (type != null) {
            return Optional.of(type.kind());
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            FactType table = TYPES.get(name.substring(0, dot));
            if (table != null) {
                return table.kind() == Kind.TABLE ? Optional.of(Kind.TEXT) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<FactValue> fitting(FactValue value, Kind kind, String name, JsonLocation at) {
        boolean empty = value instanceof Texts texts && texts.texts().isEmpty();
        if (kind == Kind.ROWS && empty) {
            return Optional.of(new Rows(List.of()));
        }
        boolean fits =
                switch (kind) {
                    case TEXT, VERSION -> value instanceof Text;
                    case NUMBER -> value instanceof Whole;
                    case FLAG -> value instanceof Flag;
                    case TEXTS -> value instanceof Texts;
                    case TABLE -> value instanceof Table;
                    case ROWS -> value instanceof Rows;
                };
        if (!fits) {
            problem(at, "the value of " + quoted(name) + " is of the wrong kind; allowed is " + allowed(kind));
        }
        return fits ? Optional.of(value) : Optional.empty();
    }

    private static String allowed(Kind kind) {
        return switch (kind) {
            case TEXT -> "a text in quotes";
            case VERSION -> "a version as text in quotes, such as \"5.10\"";
            case NUMBER -> "a whole number";
            case FLAG -> "true or false";
            case TEXTS -> "a list of texts";
            case TABLE -> "an object whose members are texts or [text, line]";
            case ROWS -> "a list of objects whose members are texts";
        };
    }

    private Optional<State> state(JsonParser json) throws IOException {
        JsonLocation at = json.currentTokenLocation();
        Optional<String> word = string(json, "state");
        Optional<State> state = word.flatMap(name -> Arrays.stream(State.values())
                .filter(each -> each.label().equals(name))
                .findFirst());
        if (word.isPresent() && state.isEmpty()) {
            problem(at, "the state is " + quoted(word.get()) + "; allowed are known, absent and unknown");
        }
        return state;
    }

    private Optional<Integer> line(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() == JsonParser.NumberType.INT
                && json.getIntValue() >= 0) {
            return Optional.of(json.getIntValue());
        }
        problem(json.currentTokenLocation(), "a line must be a whole number, 0 for none");
        json.skipChildren();
        return Optional.empty();
    }

    private Optional<FactValue> value(JsonParser json, String fact) throws IOException {
        JsonLocation at = json.currentTokenLocation();
        return switch (json.currentToken()) {
            case VALUE_STRING -> Optional.of(new Text(json.getText()));
            case VALUE_TRUE, VALUE_FALSE -> Optional.of(new Flag(json.getBooleanValue()));
            case VALUE_NUMBER_INT -> whole(json);
            case START_OBJECT -> table(json, fact);
            case START_ARRAY -> list(json);
            case VALUE_NUMBER_FLOAT -> {
                problem(at, "a value must not be a number with a fraction; write a version as text, in quotes");
                yield Optional.empty();
            }
            default -> {
                problem(at, "a value must not be null; a fact without a value is absent or unknown");
                yield Optional.empty();
            }
        };
    }

    private Optional<FactValue> whole(JsonParser json) throws IOException {
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            problem(json.currentTokenLocation(), "the number is too large; allowed are 64 bits");
            return Optional.empty();
        }
        return Optional.of(new Whole(json.getLongValue()));
    }

    private Optional<FactValue> table(JsonParser json, String fact) throws IOException {
        Optional<Set<String>> some = wantedEntries(fact);
        Optional<String> first = wanted.firstOf(fact).filter(any -> some.isPresent());
        EntryMap.Builder entries = new EntryMap.Builder();
        int size = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            size++;
            if (size > MAX_ENTRIES) {
                throw tooMany(json);
            }
            boolean unwanted = some.isPresent() && !some.get().contains(name);
            if (unwanted && first.isEmpty()) {
                json.skipChildren();
                continue;
            }
            Optional<Entry> entry = entry(json);
            if (entry.isEmpty() || (unwanted && !first.equals(entry.map(Entry::value)))) {
                continue;
            }
            if (first.equals(entry.map(Entry::value))) {
                first = Optional.empty();
            }
            if (!entries.add(name, entry.get())) {
                problem(json.currentTokenLocation(), "the entry " + quoted(name) + " is given twice");
            }
        }
        Table table = new Table(entries.build(), size);
        noteAliases(fact, table);
        return Optional.of(table);
    }

    private Optional<Set<String>> wantedEntries(String fact) {
        boolean aliased =
                wanted.aliases().filter(names -> names.of().contains(fact)).isPresent();
        return wanted.entriesOf(fact).map(own -> aliased ? withAliased(own) : own);
    }

    private Set<String> withAliased(Set<String> own) {
        if (aliased.isEmpty()) {
            return own;
        }
        Set<String> names = new HashSet<>(own);
        names.addAll(aliased);
        return names;
    }

    /** Where a table was read in part before it was known by which names its entries are looked up, all is read again. */
    private void noteAliases(String fact, Table table) {
        Optional<FactSelection.Aliases> names =
                wanted.aliases().filter(known -> known.table().equals(fact));
        if (names.isEmpty()) {
            return;
        }
        Set<String> asked = wanted.entriesOf(fact).orElse(Set.of());
        table.entries().forEach((name, entry) -> {
            if (asked.contains(name)) {
                aliased.add(entry.value().replace('-', '_'));
            }
        });
        cameLate = !aliased.isEmpty() && names.get().of().stream().anyMatch(facts::containsKey);
    }

    private Optional<Entry> entry(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(Entry.at(0, json.getText()));
        }
        if (!expect(json, JsonToken.START_ARRAY, ENTRY)) {
            return Optional.empty();
        }
        JsonLocation start = json.currentTokenLocation();
        Optional<String> value = Optional.empty();
        Optional<Integer> line = Optional.empty();
        Optional<String> origin = Optional.of("");
        int parts = 0;
        while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
            parts++;
            switch (parts) {
                case 1 -> value = string(json, "the first part of an entry");
                case 2 -> line = line(json);
                case 3 -> origin = string(json, "the third part of an entry");
                default -> json.skipChildren();
            }
        }
        if (parts < 2 || parts > 3) {
            problem(start, ENTRY);
            return Optional.empty();
        }
        return value.isPresent() && line.isPresent() && origin.isPresent()
                ? Optional.of(new Entry(value.get(), origin.get(), line.get()))
                : Optional.empty();
    }

    private Optional<FactValue> list(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        List<Map<String, String>> rows = new ArrayList<>();
        boolean good = true;
        while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
            if (json.currentToken() == JsonToken.START_OBJECT && texts.isEmpty()) {
                rows.add(row(json));
            } else if (json.currentToken() == JsonToken.VALUE_STRING && rows.isEmpty()) {
                texts.add(json.getText());
            } else {
                good = false;
                problem(json.currentTokenLocation(), "a list must hold either texts or objects");
                json.skipChildren();
            }
            if (texts.size() + rows.size() > MAX_ENTRIES) {
                throw tooMany(json);
            }
        }
        if (!good) {
            return Optional.empty();
        }
        return Optional.of(rows.isEmpty() ? new Texts(texts) : new Rows(rows));
    }

    private Map<String, String> row(JsonParser json) throws IOException {
        Map<String, String> row = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            string(json, name).ifPresent(text -> row.put(name, text));
        }
        return row;
    }

    private static JsonProcessingException tooMany(JsonParser json) {
        return new JsonParseException(json, "more than " + MAX_ENTRIES + " entries", json.currentTokenLocation());
    }

    private Optional<String> string(JsonParser json, String what) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(json.getText());
        }
        problem(json.currentTokenLocation(), what + " must be a text in quotes");
        if (json.currentToken() != null) {
            json.skipChildren();
        }
        return Optional.empty();
    }

    private boolean expect(JsonParser json, JsonToken token, String otherwise) throws IOException {
        if (json.currentToken() == token) {
            return true;
        }
        problem(json.currentTokenLocation(), otherwise);
        json.skipChildren();
        return false;
    }

    private void skip(JsonParser json, JsonLocation at, String why) throws IOException {
        if (warnings.size() < MAX_PROBLEMS) {
            warnings.add(place(at) + why);
        }
        json.skipChildren();
    }

    private static String similar(String name) {
        return TYPES.keySet().stream()
                .filter(known -> letters(known).equals(letters(name)))
                .findFirst()
                .map(known -> ". Did you mean " + quoted(known) + "?")
                .orElse("");
    }

    /** The letters of a name in alphabetical order: what remains the same when they are swapped, or dots mistaken. */
    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetterOrDigit)
                .limit(100)
                .sorted()
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String quoted(String text) {
        return '"' + (text.length() > 80 ? text.substring(0, 80) + "..." : text) + '"';
    }

    private String place(JsonLocation at) {
        return file + ":" + at.getLineNr() + ":" + at.getColumnNr() + ": ";
    }

    private void problem(JsonLocation at, String message) {
        add(at == null ? file + ": " + message : place(at) + message);
    }

    private void problem(String message) {
        add(file + ": " + message);
    }

    private void add(String problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        }
    }
}
