package calico.preflight.facts.parse;

import calico.preflight.facts.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code ss -peaonmi} and {@code netstat -W -neopa} print of the sockets of TCP and UDP that wait for peers (ss(8),
 * netstat(8)).
 */
public final class PrintedSockets {

    /**
     * A socket that waits for peers.
     *
     * @param protocol {@code tcp} or {@code udp}
     * @param inode the number by which the kernel knows it; empty where it was not printed
     * @param process the program that holds it; empty where that was not printed
     */
    public record Socket(String protocol, String address, int port, String inode, String process) {}

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]*|\\?\\?\\?");
    private static final Pattern STATE = Pattern.compile("[A-Z][A-Z0-9_-]*");

    /** The state of what waits for peers; that of a socket of UDP which talks to one of them is another. */
    private static final Map<String, String> WAITING = Map.of("tcp", "LISTEN", "udp", "UNCONN");

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern INODE = Pattern.compile("\\bino:([0-9]+)");
    private static final Pattern HOLDER = Pattern.compile("\"([^\"]*)\",(?:pid=)?[0-9]+");

    /** It opens sockets for the programs that it starts, and keeps them. */
    private static final String STARTER = "systemd";

    /** Protocol, queues, addresses, the state that UDP has only where it is connected, user, inode, program. */
    private static final Pattern CONNECTION = Pattern.compile("(tcp|udp)6? +[0-9]+ +[0-9]+ +(\\S+) +\\S+"
            + " +(?:([A-Z][A-Z0-9_]*) +)?[0-9]+ +([0-9]+) +(?:-|[0-9]+/(\\S*)).*");

    private static final Pattern OTHER_CONNECTION =
            Pattern.compile("(?:udplite|sctp|raw|dccp|l2)6? +[0-9]+ +[0-9]+ +\\S+ ");

    private static final String INTERNET = "Active Internet connections (servers and established)";
    private static final String AFTER_INTERNET = "Active ";

    private PrintedSockets() {}

    /**
     * Those of ss.
     *
     * @throws UnreadableOutputException where it is anything but the whole of such an output
     */
    public static List<Socket> ofSs(String text) throws UnreadableOutputException {
        List<Lines.Line> lines = PrintedText.lines(text);
        if (!lines.get(0).text().matches("Netid +State +Recv-Q +Send-Q +Local Address:Port +.*")) {
            throw new UnreadableOutputException("the line with the names of the columns is missing", 1);
        }
        // Before iproute2 4.15 the star stood for any address of IPv4, since then for any of both families.
        String any = text.contains(" 0.0.0.0:") || text.contains(" [::]:") ? "::" : "0.0.0.0";
        List<Socket> sockets = new ArrayList<>();
        boolean tcp = false;
        for (Lines.Line line : lines.subList(1, lines.size())) {
            List<String> words = Lines.words(line.text());
            if (line.text().isEmpty() || Character.isWhitespace(line.text().charAt(0))) {
                continue; // what more there is to say of the socket above
            }
            String kind = words.get(0);
            if (words.size() < 4
                    || !KIND.matcher(kind).matches()
                    || !STATE.matcher(words.get(1)).matches()) {
                throw UnreadableOutputException.notOf("ss", line);
            }
            tcp |= kind.equals("tcp");
            if (words.get(1).equals(WAITING.get(kind))) {
                Matcher inode = INODE.matcher(line.text());
                sockets.add(socket(
                        "ss",
                        line,
                        kind,
                        words.size() < 6 ? "" : words.get(4),
                        any,
                        inode.find() ? inode.group(1) : "",
                        holder(line.text())));
            }
        }
        // TCP comes last, so that an output without it may lack it.
        if (!tcp) {
            throw new UnreadableOutputException("no socket of TCP is listed, so the end may be missing", 0);
        }
        return sockets;
    }

    private static String holder(String line) {
        int users = line.indexOf("users:((");
        List<String> names = users < 0
                ? List.of()
                : HOLDER.matcher(line.substring(users))
                        .results()
                        .map(result -> result.group(1))
                        .toList();
        return names.stream()
                .filter(name -> !name.equals(STARTER))
                .findFirst()
                .or(() -> names.stream().findFirst())
                .orElse("");
    }

    /**
     * Those of netstat.
     *
     * @throws UnreadableOutputException where it is anything but the whole of such an output
     */
    public static List<Socket> ofNetstat(String text) throws UnreadableOutputException {
        List<Lines.Line> lines = PrintedText.lines(text);
        if (!lines.get(0).text().equals(INTERNET)
                || lines.size() < 2
                || !lines.get(1).text().matches("Proto Recv-Q Send-Q Local Address .* Inode +PID/Program name.*")) {
            throw new UnreadableOutputException("the lines with the names of the columns are missing", 1);
        }
        List<Socket> sockets = new ArrayList<>();
        for (Lines.Line line : lines.subList(2, lines.size())) {
            if (line.text().startsWith(AFTER_INTERNET)) {
                return sockets;
            }
            Matcher connection = CONNECTION.matcher(line.text());
            if (connection.matches()) {
                String protocol = connection.group(1);
                Optional<String> state = Optional.ofNullable(connection.group(3));
                if (protocol.equals("tcp") ? state.equals(Optional.of("LISTEN")) : state.isEmpty()) {
                    String program = Optional.ofNullable(connection.group(5)).orElse("");
                    sockets.add(socket(
                            "netstat",
                            line,
                            protocol,
                            connection.group(2),
                            "",
                            connection.group(4),
                            program.endsWith(":") ? program.substring(0, program.length() - 1) : program));
                }
            } else if (!OTHER_CONNECTION.matcher(line.text()).lookingAt()) {
                throw UnreadableOutputException.notOf("netstat", line);
            }
        }
        throw new UnreadableOutputException("the list of connections has no end", 0);
    }

    private static Socket socket(
            String command, Lines.Line line, String protocol, String local, String any, String inode, String process)
            throws UnreadableOutputException {
        int colon = local.lastIndexOf(':');
        String port = local.substring(colon + 1);
        if (colon < 0 || !PORT.matcher(port).matches()) {
            throw UnreadableOutputException.notOf(command, line);
        }
        String name = local.substring(0, colon).replaceAll("[\\[\\]]|%.*", "");
        String address = name.equals("*") ? any : name;
        return Cidr.of(address)
                .map(parsed -> new Socket(protocol, parsed.address(), Integer.parseInt(port), inode, process))
                .orElseThrow(() -> UnreadableOutputException.notOf(command, line));
    }

    /** The sockets, with the programs that another list of the same host names where these do not. */
    public static List<Socket> named(List<Socket> sockets, List<Socket> others) {
        Map<String, String> programs = others.stream()
                .filter(other -> !other.inode().isEmpty() && !other.process().isEmpty())
                .collect(Collectors.toMap(Socket::inode, Socket::process, (first, second) -> first));
        return sockets.stream()
                .map(socket -> new Socket(
                        socket.protocol(),
                        socket.address(),
                        socket.port(),
                        socket.inode(),
                        socket.process().isEmpty() ? programs.getOrDefault(socket.inode(), "") : socket.process()))
                .toList();
    }
}
