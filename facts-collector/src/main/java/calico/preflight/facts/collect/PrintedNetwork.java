package calico.preflight.facts.collect;

import calico.preflight.facts.Cidr.Family;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.PrintedAddresses;
import calico.preflight.facts.parse.PrintedAddresses.Interface;
import calico.preflight.facts.parse.PrintedRoutes;
import calico.preflight.facts.parse.PrintedRoutes.Route;
import calico.preflight.facts.parse.ProcNet;
import calico.preflight.facts.source.Printout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The network as {@code ip} printed it for a report of another tool. Each answer is nothing where no report kept it. */
final class PrintedNetwork {

    private final Optional<Observed<List<Interface>>> interfaces;
    private final Optional<Observed<List<Route>>> routes;
    private final Optional<Observed<List<Route>>> routes6;

    PrintedNetwork(Look look) {
        this.interfaces = look.kept(Printout.ADDRESSES, PrintedAddresses::parse);
        Optional<Observed<PrintedRoutes>> all = look.kept(Printout.ROUTES, PrintedRoutes::parse);
        this.routes = all.map(printed -> ofFamily(printed, Family.IPV4));
        this.routes6 = withoutIpv6()
                ? Optional.of(Observed.absent(interfaces.get().origin()))
                : look.kept(Printout.IPV6_ROUTES, PrintedRoutes::parse)
                        .or(() -> all)
                        .map(printed -> ofFamily(printed, Family.IPV6));
    }

    /** Without IPv6 no interface has an address of it, not even the loopback interface. */
    private boolean withoutIpv6() {
        return interfaces
                .flatMap(Observed::known)
                .filter(all -> ofIpv6(all).isEmpty())
                .isPresent();
    }

    private static Optional<Interface> ofIpv6(List<Interface> interfaces) {
        return interfaces.stream()
                .filter(one -> one.addresses().stream().anyMatch(address -> address.indexOf(':') >= 0))
                .findFirst();
    }

    private static Observed<List<Route>> ofFamily(Observed<PrintedRoutes> printed, Family family) {
        Observed<Optional<List<Route>>> found = printed.map(all -> all.routes(family));
        return found.known().filter(Optional::isEmpty).isPresent()
                ? Observed.unknown(
                        "the routes of " + (family == Family.IPV4 ? "IPv4" : "IPv6") + " are not all there",
                        printed.origin())
                : found.map(routes -> routes.orElse(List.of()));
    }

    /**
     * Why this need not be the network of the machine: the interface of the default route leads out of it, or without such a
     * route all that have an address do.
     */
    Optional<Observed<FactValue>> outside() {
        String device = defaultInterface().flatMap(Answers::textOf).orElse("");
        return interfaces.flatMap(seen -> leadingOut(seen.known().orElse(List.of()), device)
                .map(one -> Observed.unknown(
                        "the interface " + one.name() + "@" + one.lower()
                                + " leads out of this network, so it is that of a container or of a host in one",
                        seen.origin().at(one.line()))));
    }

    private static Optional<Interface> leadingOut(List<Interface> all, String device) {
        List<Interface> outer = all.stream()
                .filter(one -> device.isEmpty()
                        ? !one.name().equals("lo") && !one.addresses().isEmpty()
                        : one.name().equals(device))
                .toList();
        return outer.stream().allMatch(Interface::leadsOut) ? outer.stream().findFirst() : Optional.empty();
    }

    /** Can it be said of the other things that were printed that they are of the machine? */
    boolean isOfTheMachine() {
        return interfaces.flatMap(Observed::known).isPresent() && outside().isEmpty();
    }

    /** Known where some interface has an address of IPv6; without one it may just not be in use. */
    Optional<Observed<FactValue>> ipv6() {
        return interfaces.flatMap(seen -> seen.known()
                .flatMap(PrintedNetwork::ofIpv6)
                .map(one -> Look.flag(true, seen.origin().at(one.line()))));
    }

    Optional<Observed<FactValue>> interfaces() {
        return interfaces.map(seen -> seen.map(
                all -> new FactValue.Rows(all.stream().map(PrintedNetwork::row).toList())));
    }

    private static Map<String, String> row(Interface one) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("name", one.name());
        row.put("mtu", Integer.toString(one.mtu()));
        row.put("state", one.state());
        row.put("mac", one.mac());
        row.put("addresses", String.join(" ", one.addresses()));
        row.put("index", Integer.toString(one.index()));
        return row;
    }

    Optional<Observed<FactValue>> addresses() {
        return interfaces.map(seen -> seen.map(all -> new FactValue.Rows(all.stream()
                .flatMap(one -> one.addresses().stream().map(address -> {
                    Map<String, String> row = new LinkedHashMap<>();
                    row.put("address", address);
                    row.put("interface", one.name());
                    return row;
                }))
                .toList())));
    }

    /** The routes of both families; half of them would make a network look free. */
    Optional<Observed<List<ProcNet.Network>>> routes() {
        if (routes.isEmpty() || routes6.isEmpty()) {
            return Optional.empty();
        }
        Observed<List<Route>> inet4 = routes.get();
        Observed<List<Route>> inet6 = routes6.get();
        if (inet6 instanceof Observed.Unknown<List<Route>> unknown
                && inet4.known().isPresent()) {
            return Optional.of(Observed.unknown(unknown.why(), unknown.origin()));
        }
        return Optional.of(inet4.map(found -> Stream.concat(found.stream(), inet6.known().orElse(List.of()).stream())
                .map(Route::network)
                .toList()));
    }

    /** The interface of the default route: that of IPv4, and without one that of IPv6. */
    Optional<Observed<FactValue>> defaultInterface() {
        if (routes.isEmpty()) {
            return Optional.empty();
        }
        Observed<FactValue> inet4 = device(routes.get());
        return inet4 instanceof Observed.Absent ? routes6.map(PrintedNetwork::device) : Optional.of(inet4);
    }

    private static Observed<FactValue> device(Observed<List<Route>> routes) {
        Optional<Route> found = routes.known().flatMap(PrintedRoutes::defaultRoute);
        if (found.isPresent()) {
            Origin origin = routes.origin().at(found.get().line());
            return Look.text(found.get().network().device(), origin);
        }
        return routes.isUnknown() ? routes.map(all -> new FactValue.Text("")) : Observed.absent(routes.origin());
    }

    /** The MTU of an interface. */
    Optional<Observed<FactValue>> mtu(String device) {
        return interfaces.map(seen -> seen.known()
                .flatMap(all ->
                        all.stream().filter(one -> one.name().equals(device)).findFirst())
                .map(one -> Observed.<FactValue>known(
                        new FactValue.Whole(one.mtu()), seen.origin().at(one.line())))
                .orElseGet(() -> seen.isUnknown()
                        ? seen.map(all -> new FactValue.Text(""))
                        : Observed.unknown("the interface " + device + " is not listed", seen.origin())));
    }
}
