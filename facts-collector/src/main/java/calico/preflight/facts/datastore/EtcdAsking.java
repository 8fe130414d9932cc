package calico.preflight.facts.datastore;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks an etcd cluster at the given endpoints, and the members that it names, and tells as facts what they say. */
public final class EtcdAsking {

    private static final String OPTION = "--etcd-endpoints";
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,6}))?.*");

    private final Trust trust;
    private final Vantage vantage;
    private final Parallel parallel;
    private final List<EtcdHeard> endpoints;

    /** The members that answered, by their numbers. */
    private final Map<String, EtcdHeard> present = new LinkedHashMap<>();

    private final List<String> silent = new ArrayList<>();
    private final List<String> unasked = new ArrayList<>();

    private EtcdAsking(Trust trust, Vantage vantage, List<EtcdHeard> endpoints, Parallel parallel) {
        this.parallel = parallel;
        this.trust = trust;
        this.vantage = vantage;
        this.endpoints = endpoints;
    }

    /** Asks all of them at once; every fact of etcd is in the result. */
    public static List<Fact> ask(List<Endpoint> endpoints, Trust trust, Vantage vantage) {
        return ask(endpoints, trust, vantage, Parallel.USUAL);
    }

    static List<Fact> ask(List<Endpoint> endpoints, Trust trust, Vantage vantage, Parallel parallel) {
        List<EtcdHeard> heard = parallel.ask(
                endpoints,
                endpoint -> EtcdTalk.with(endpoint, trust, vantage),
                endpoint -> EtcdHeard.of(Heard.unasked(endpoint)));
        return new EtcdAsking(trust, vantage, heard, parallel).facts();
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(known(
                "etcd.endpoints",
                new FactValue.Rows(endpoints.stream().map(EtcdHeard::row).toList()),
                vantage.origin(OPTION)));
        facts.add(new Fact("etcd.reachable", reachable()));
        Optional<EtcdHeard> spokesman = spokesman();
        Observed<List<EtcdMember>> members = spokesman
                .map(heard -> new EtcdCluster(heard, trust, vantage).members())
                .orElseGet(() -> Observed.unknown("no endpoint speaks the v3 API", vantage.origin(OPTION)));
        members.known().ifPresent(list -> listen(list, spokesman.orElseThrow()));
        facts.add(new Fact("etcd.members", members.map(list -> count(list, false))));
        facts.add(new Fact("etcd.learners", members.map(list -> count(list, true))));
        facts.add(new Fact("etcd.silent-members", silent(members)));
        facts.add(new Fact("etcd.version", version()));
        facts.add(new Fact("etcd.mixed-versions", mixedVersions(members)));
        facts.add(new Fact("etcd.alarms", alarms(members)));
        facts.add(new Fact("etcd.clock-skew", skew()));
        return facts;
    }

    private static Fact known(String name, FactValue value, Origin origin) {
        return new Fact(name, Observed.known(value, origin));
    }

    private static FactValue count(List<EtcdMember> members, boolean learners) {
        return new FactValue.Whole(
                members.stream().filter(member -> member.learner() == learners).count());
    }

    private boolean anyIs(String state) {
        return endpoints.stream().anyMatch(heard -> heard.heard().state().equals(state));
    }

    private Observed<FactValue> reachable() {
        Origin origin = vantage.origin(OPTION);
        if (anyIs("serves")) {
            return Observed.known(new FactValue.Flag(true), origin);
        }
        if (anyIs("wants-user")) {
            return Observed.unknown("etcd answers only to users", origin);
        }
        Optional<Heard> unheard = endpoints.stream()
                .map(EtcdHeard::heard)
                .filter(heard -> heard.state().equals("unasked"))
                .findFirst();
        if (unheard.isPresent()) {
            return Observed.unknown(
                    unheard.get().endpoint() + " " + unheard.get().why(), origin);
        }
        if (!vantage.host() && anyIs("not-reached")) {
            return Observed.unknown("an endpoint was not reached, and it was asked from another host", origin);
        }
        return Observed.known(new FactValue.Flag(false), origin);
    }

    /** The endpoint that speaks for the cluster: one that serves, if there is one. */
    private Optional<EtcdHeard> spokesman() {
        return endpoints.stream()
                .filter(EtcdHeard::speaksV3)
                .min(Comparator.comparing(heard -> !heard.heard().state().equals("serves")));
    }

    /** Which members answer, at the given endpoints or where they themselves say that clients find them? */
    private void listen(List<EtcdMember> members, EtcdHeard spokesman) {
        endpoints.stream()
                .filter(heard -> !heard.member().isEmpty())
                .forEach(heard -> present.putIfAbsent(heard.member(), heard));
        Map<String, Set<Endpoint>> addresses = new LinkedHashMap<>();
        for (EtcdMember member : members) {
            if (!present.containsKey(member.id())) {
                addresses.put(member.id(), addresses(member));
            }
        }
        Set<Endpoint> all = new LinkedHashSet<>();
        addresses.values().forEach(all::addAll);
        Endpoint speaks = spokesman.heard().endpoint();
        Map<Endpoint, EtcdHeard> answers = new LinkedHashMap<>();
        // Resolving names is a part of each question, as it may take as long as any.
        parallel.ask(
                        List.copyOf(all),
                        endpoint -> isOfMember(endpoint, speaks)
                                ? Optional.of(EtcdTalk.with(endpoint, trust, vantage))
                                : Optional.<EtcdHeard>empty(),
                        endpoint -> Optional.of(EtcdHeard.of(Heard.unasked(endpoint))))
                .forEach(heard -> heard.ifPresent(one -> answers.put(one.heard().endpoint(), one)));
        answers.values().stream()
                .filter(heard -> !heard.member().isEmpty())
                .forEach(heard -> present.putIfAbsent(heard.member(), heard));
        for (EtcdMember member : members) {
            if (!present.containsKey(member.id())) {
                missing(member, addresses.getOrDefault(member.id(), Set.of()), answers);
            }
        }
    }

    /** An address of the member's own machine is not that of this one, unless they are the same. */
    private static boolean isOfMember(Endpoint endpoint, Endpoint spokesman) {
        return !Vantage.isHere(endpoint) || Vantage.isHere(spokesman);
    }

    /** Where clients find it. */
    private static Set<Endpoint> addresses(EtcdMember member) {
        Set<Endpoint> addresses = new LinkedHashSet<>();
        for (String url : member.clientUrls()) {
            try {
                addresses.add(Endpoint.of(url, OptionalInt.empty()));
            } catch (InvalidAccessException e) {
                // A socket in the file system, or nonsense: nothing that can be asked from here.
            }
        }
        return addresses;
    }

    private void missing(EtcdMember member, Set<Endpoint> addresses, Map<Endpoint, EtcdHeard> answers) {
        if (member.clientUrls().isEmpty()) {
            silent.add(member.label() + ", which never started");
            return;
        }
        Optional<Heard> first = addresses.stream()
                .flatMap(address -> Optional.ofNullable(answers.get(address)).stream())
                .map(EtcdHeard::heard)
                .findFirst();
        if (first.isEmpty()) {
            unasked.add(member.label() + " names no address that can be asked from here");
            return;
        }
        Heard heard = first.get();
        String what = member.label() + " (" + heard.endpoint() + " " + heard.why() + ")";
        boolean quiet = heard.state().equals("not-reached") || heard.state().equals("no-answer");
        if (quiet && vantage.host()) {
            silent.add(what);
        } else {
            unasked.add(what);
        }
    }

    private Observed<FactValue> silent(Observed<List<EtcdMember>> members) {
        if (members.known().isEmpty()) {
            return members.map(list -> new FactValue.Texts(List.of()));
        }
        if (!silent.isEmpty()) {
            return Observed.known(new FactValue.Texts(silent), members.origin());
        }
        return unasked.isEmpty()
                ? Observed.absent(members.origin())
                : Observed.unknown(String.join("; ", unasked), members.origin());
    }

    private Observed<FactValue> version() {
        List<String> versions = endpoints.stream()
                .map(heard -> heard.heard().version())
                .filter(version -> NUMBERS.matcher(version).matches())
                .toList();
        List<String> all = new ArrayList<>(versions);
        present.values().forEach(heard -> all.add(heard.heard().version()));
        return all.stream()
                .min(Comparator.comparingLong(EtcdAsking::number))
                .<Observed<FactValue>>map(lowest -> Observed.known(new FactValue.Text(lowest), vantage.origin(OPTION)))
                .orElseGet(() -> Observed.unknown("no endpoint tells the version of etcd", vantage.origin(OPTION)));
    }

    private Observed<FactValue> mixedVersions(Observed<List<EtcdMember>> members) {
        if (members.known().isEmpty()) {
            return members.map(list -> new FactValue.Texts(List.of()));
        }
        List<EtcdMember> list = members.known().orElseThrow();
        Set<Long> minors = new LinkedHashSet<>();
        List<String> texts = new ArrayList<>();
        for (EtcdMember member : list) {
            Optional.ofNullable(present.get(member.id())).ifPresent(heard -> {
                minors.add(number(heard.heard().version()) / 1_000_000);
                texts.add(heard.heard().version() + " of " + member.label());
            });
        }
        if (minors.size() > 1) {
            return Observed.known(new FactValue.Texts(texts), members.origin());
        }
        return texts.size() == list.size()
                ? Observed.absent(members.origin())
                : Observed.unknown("not every member told its version", members.origin());
    }

    /** A version as a number that sorts as versions do: four digits of the major, four of the minor, six of the patch. */
    private static long number(String version) {
        Matcher matcher = NUMBERS.matcher(version);
        if (!matcher.matches()) {
            return 0;
        }
        long patch = matcher.group(3) == null ? 0 : Long.parseLong(matcher.group(3));
        return (Long.parseLong(matcher.group(1)) * 10_000 + Long.parseLong(matcher.group(2))) * 1_000_000 + patch;
    }

    private Observed<FactValue> alarms(Observed<List<EtcdMember>> members) {
        Optional<EtcdHeard> spokesman = spokesman();
        if (spokesman.isEmpty() || spokesman.get().heard().state().equals("not-serving")) {
            return Observed.unknown("no endpoint serves, so that none was asked", vantage.origin(OPTION));
        }
        Observed<List<String>> alarms = new EtcdCluster(spokesman.get(), trust, vantage)
                .alarms(members.known().orElse(List.of()));
        return alarms.known().filter(List::isEmpty).isPresent()
                ? Observed.absent(alarms.origin())
                : alarms.map(FactValue.Texts::new);
    }

    private Observed<FactValue> skew() {
        if (!vantage.host()) {
            return Observed.unknown("the clock of the host was not compared", vantage.origin(OPTION));
        }
        OptionalLong largest = endpoints.stream()
                .flatMapToLong(heard -> heard.heard().skew().stream())
                .max();
        return largest.isPresent()
                ? Observed.known(new FactValue.Whole(largest.getAsLong()), vantage.origin(OPTION))
                : Observed.unknown("no endpoint tells the time", vantage.origin(OPTION));
    }
}
