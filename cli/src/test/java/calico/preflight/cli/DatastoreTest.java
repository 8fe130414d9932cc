package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Asking datastores, from the command line to the findings: real servers of etcd, and servers that are none. */
@Timeout(180)
class DatastoreTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ETCD = "datastore/etcd";
    private static final String MEMBERS = "datastore/etcd-members";
    private static final String SILENT = "datastore/etcd-silent-members";

    @TempDir
    Path temp;

    @Test
    void one_member_serves_but_is_few_for_production() throws Exception {
        try (EtcdCluster etcd = etcd(1, "http")) {
            Findings findings = check("--etcd-endpoints", etcd.url(0));

            assertThat(findings.get(ETCD).outcome()).isEqualTo("PASS");
            assertThat(findings.get(ETCD).reason())
                    .startsWith(etcd.url(0) + " is etcd 3.")
                    .endsWith("speaks the v3 API and answers a read");
            assertThat(findings.get(MEMBERS)).isEqualTo(new Finding("WARN", "etcd.members is 1, below 2"));
            assertThat(findings.get(SILENT).outcome()).isEqualTo("PASS");
            assertThat(findings.get("datastore/etcd-alarms").outcome()).isEqualTo("PASS");
            assertThat(findings.get("datastore/etcd-clock-skew").outcome()).isEqualTo("PASS");
        }
    }

    @Test
    void nobody_is_asked_unless_it_is_said() throws Exception {
        try (EtcdCluster etcd = etcd(1, "http")) {
            Run run = Run.in(
                    Map.of("ETCD_ENDPOINTS", etcd.url(0)),
                    "",
                    "check",
                    "--calico",
                    "3.16",
                    "--platform",
                    "openstack",
                    "-o",
                    "json");

            assertThat(findings(run).get(ETCD))
                    .isEqualTo(
                            new Finding("UNKNOWN", "the etcd datastore was not asked: no etcd endpoints were given"));
        }
    }

    @Test
    void a_cluster_of_three_serves_with_one_member_down_and_not_with_two() throws Exception {
        try (EtcdCluster etcd = etcd(3, "http")) {
            assertThat(check("--etcd-endpoints", etcd.urls()).get(ETCD).outcome())
                    .isEqualTo("PASS");
            assertThat(check("--etcd-endpoints", etcd.url(0)).get(MEMBERS).reason())
                    .isEqualTo("etcd.members is 3, at least 2");

            etcd.stop(2);

            Findings oneDown = check("--etcd-endpoints", etcd.urls());
            assertThat(oneDown.get(ETCD))
                    .isEqualTo(new Finding(
                            "WARN",
                            etcd.url(2) + " refuses the connection, so that nothing listens there or something rejects"
                                    + " it; others answer"));
            assertThat(oneDown.get(SILENT).outcome()).isEqualTo("WARN");
            assertThat(oneDown.get(MEMBERS).outcome()).isEqualTo("PASS");
            assertThat(check("--etcd-endpoints", etcd.url(0)).get(SILENT).reason())
                    .contains("m2 (" + etcd.url(2) + " refuses the connection");

            etcd.stop(1);

            Finding lost = check("--etcd-endpoints", etcd.url(0)).get(ETCD);
            for (int tries = 0; tries < 10 && !lost.reason().contains("no leader"); tries++) {
                lost = check("--etcd-endpoints", etcd.url(0)).get(ETCD);
            }
            assertThat(lost.outcome()).isEqualTo("FAIL");
            assertThat(lost.reason()).contains("speaks the v3 API, but its cluster has no leader");
        }
    }

    @Test
    void endpoints_of_two_clusters_are_no_datastore() throws Exception {
        try (EtcdCluster one = etcd(1, "http");
                EtcdCluster other = etcd(1, "http")) {
            Finding finding = check("--etcd-endpoints", one.url(0), "--etcd-endpoints", other.url(0))
                    .get(ETCD);

            assertThat(finding)
                    .isEqualTo(new Finding("FAIL", one.url(0) + " and " + other.url(0) + " are of different clusters"));
        }
    }

    @Test
    void each_mistake_of_tls_is_told_apart() throws Exception {
        assumeEtcd();
        Certificates pki = Certificates.make(temp);
        Certificates other = Certificates.make(temp);
        pki.issue("server", "IP:127.0.0.1", 2);
        try (EtcdCluster etcd = tls(pki, "server")) {
            String url = etcd.url(0);

            assertThat(check("--etcd-endpoints", url, "--etcd-ca-cert", pki.file("ca.pem"))
                            .get(ETCD)
                            .outcome())
                    .isEqualTo("PASS");
            assertThat(check("--etcd-endpoints", url, "--etcd-ca-cert", other.file("ca.pem"))
                            .get(ETCD))
                    .isEqualTo(new Finding(
                            "FAIL",
                            url + " has a certificate that was issued by CN=authority, which is not, and does not rest"
                                    + " on, the authority that was given"));
            assertThat(check("--etcd-endpoints", url).get(ETCD).reason())
                    .endsWith("which is none of the usual authorities, and no other was given");
            assertThat(check(
                                    "--etcd-endpoints",
                                    url.replace("127.0.0.1", "localhost"),
                                    "--etcd-ca-cert",
                                    pki.file("ca.pem"))
                            .get(ETCD)
                            .reason())
                    .endsWith("has a certificate for 127.0.0.1, not for localhost");
            assertThat(check("--etcd-endpoints", url.replace("https", "http"))
                            .get(ETCD)
                            .reason())
                    .endsWith("closes the connection without an answer; https:// may be meant");
        }
        try (EtcdCluster plain = etcd(1, "http")) {
            assertThat(check("--etcd-endpoints", plain.url(0).replace("http", "https"))
                            .get(ETCD)
                            .reason())
                    .endsWith("http:// may be meant");
        }
    }

    @Test
    void a_certificate_that_expired_is_told_with_its_date() throws Exception {
        assumeEtcd();
        Certificates pki = Certificates.make(temp);
        pki.issue("server", "IP:127.0.0.1", -1);
        try (EtcdCluster etcd = tls(pki, "server")) {
            assertThat(check("--etcd-endpoints", etcd.url(0), "--etcd-ca-cert", pki.file("ca.pem"))
                            .get(ETCD)
                            .reason())
                    .contains("has a certificate that expired")
                    .containsPattern("valid until 20\\d\\d-");
        }
    }

    @Test
    void a_cluster_that_asks_who_asks_is_told_in_any_form_of_key_and_the_key_is_told_to_nobody() throws Exception {
        assumeEtcd();
        Certificates pki = Certificates.make(temp);
        Certificates other = Certificates.make(temp);
        pki.issue("server", "IP:127.0.0.1", 2);
        pki.issue("client", "DNS:client", 2);
        other.issue("client", "DNS:client", 2);
        pki.openssl("rsa -in client.key -traditional -out client-pkcs1.key");
        pki.openssl("ecparam -name prime256v1 -genkey -out sec1.key");
        pki.openssl("req -new -key sec1.key -subj /CN=client -out sec1.csr");
        pki.openssl("x509 -req -in sec1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out sec1.pem");
        try (EtcdCluster etcd = tls(pki, "server", "--client-cert-auth", "--trusted-ca-file", pki.file("ca.pem"))) {
            List<String> to = List.of(
                    "--etcd-endpoints", etcd.url(0), "--etcd-ca-cert", pki.file("ca.pem"), "--profile=practical");

            assertThat(check(to).get(ETCD).reason()).endsWith("asks for a client certificate, and none was given");
            assertThat(check(to, "--etcd-cert", other.file("client.pem"), "--etcd-key", other.file("client.key"))
                            .get(ETCD)
                            .reason())
                    .endsWith("refuses the client certificate that was shown");
            assertThat(check(to, "--etcd-cert", pki.file("client.pem"), "--etcd-key", pki.file("client.key"))
                            .get(ETCD)
                            .outcome())
                    .isEqualTo("PASS");
            assertThat(check(to, "--etcd-cert", pki.file("client.pem"), "--etcd-key", pki.file("client-pkcs1.key"))
                            .get(ETCD)
                            .outcome())
                    .isEqualTo("PASS");
            assertThat(check(to, "--etcd-cert", pki.file("sec1.pem"), "--etcd-key", pki.file("sec1.key"))
                            .get(ETCD)
                            .outcome())
                    .isEqualTo("PASS");

            List<String> secrets = Files.readAllLines(Path.of(pki.file("client.key"))).stream()
                    .filter(line -> !line.contains("PRIVATE KEY"))
                    .toList();
            List<String> shown = new ArrayList<>(to);
            shown.addAll(List.of("--etcd-cert", pki.file("client.pem"), "--etcd-key", pki.file("client.key")));
            List<String> judged =
                    new ArrayList<>(List.of("--calico", "3.16", "--platform", "openstack", "-v", "--debug"));
            judged.addAll(shown);
            for (Run run : List.of(
                    run("check", judged),
                    run("explain", judged, ETCD),
                    run("check", judged, "-o", "json"),
                    run("collect", shown.subList(0, 4), "--etcd-cert", shown.get(6), "--etcd-key", shown.get(8)))) {
                assertThat(run.exit()).as(run.err()).isNotEqualTo(1).isNotEqualTo(2);
                assertThat(run.out() + run.err()).contains(etcd.url(0)).doesNotContain(secrets);
            }
        }
    }

    @Test
    void a_password_in_an_address_is_refused_and_repeated_nowhere() {
        for (String option : List.of("--etcd-endpoints", "--kube-apiserver", "--etcd-endpoint")) {
            for (String command : List.of("check", "collect", "matrix")) {
                Run run = Run.of(command, "--debug", option + "=https://calico:hidden@127.0.0.1:1");

                assertThat(run.exit()).isEqualTo(2);
                assertThat(run.out() + run.err()).doesNotContain("hidden");
            }
        }
        assertThat(Run.of("check", "https://calico:hidden@127.0.0.1:1").err()).doesNotContain("hidden");
    }

    @Test
    void what_cannot_be_used_is_refused_before_anybody_is_asked() throws Exception {
        assumeEtcd();
        Certificates pki = Certificates.make(temp);
        pki.issue("client", "DNS:client", 2);
        pki.issue("other", "DNS:other", 2);
        pki.openssl("rsa -in client.key -aes256 -passout pass:hidden -out encrypted.key");
        pki.openssl("rsa -in client.key -traditional -aes256 -passout pass:hidden -out encrypted-pkcs1.key");
        String url = "https://127.0.0.1:1";
        String pem = pki.file("client.pem");

        assertThat(refused("--etcd-endpoints", "etcd1:2379"))
                .contains("\"etcd1:2379\" is no endpoint; http://HOST:PORT and https://HOST:PORT are allowed.")
                .contains("Did you mean \"https://etcd1:2379\"");
        assertThat(refused("--etcd-endpoints", "https://etcd1")).contains("names no port");
        assertThat(refused("--etcd-endpoints", "https://etcd1:2379/v2")).contains("an endpoint ends there");
        assertThat(refused("--etcd-endpoints", "https://etcd1:99999")).contains("99999");
        assertThat(refused("--etcd-ca-cert", pem)).contains("--etcd-endpoints is missing");
        assertThat(refused("--etcd-endpoints", url, "--etcd-cert", pem)).contains("--etcd-key is missing");
        assertThat(refused("--etcd-endpoints", "http://127.0.0.1:1", "--etcd-ca-cert", pem))
                .contains("of use with https:// alone");
        assertThat(refused("--etcd-endpoints", url, "--etcd-ca-cert", pki.file("client.key")))
                .contains("holds no certificate");
        assertThat(refused("--etcd-endpoints", url, "--etcd-ca-cert", pki.file("nothing.pem")))
                .contains("there is no such file");
        assertThat(refused("--etcd-endpoints", url, "--etcd-cert", pem, "--etcd-key", pki.file("other.key")))
                .contains("is not the key of the certificate");
        for (String key : List.of("encrypted.key", "encrypted-pkcs1.key")) {
            assertThat(refused("--etcd-endpoints", url, "--etcd-cert", pem, "--etcd-key", pki.file(key)))
                    .contains("the key is encrypted");
        }
        assertThat(refused("--etcd-endpoints", url, "--etcd-cert", pem, "--etcd-key", pem))
                .contains("holds no private key");
    }

    private static String refused(String... options) {
        Run run = run("check", List.of(options), "--platform", "openstack");
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        return run.err();
    }

    @Test
    void an_etcd_that_answers_only_to_users_is_left_open() throws Exception {
        try (EtcdCluster etcd = etcd(1, "http")) {
            etcd.etcdctl("user", "add", "root:hidden");
            etcd.etcdctl("auth", "enable");

            Findings findings = check("--etcd-endpoints", etcd.url(0));

            assertThat(findings.get(ETCD).outcome()).isEqualTo("UNKNOWN");
            assertThat(findings.get(ETCD).reason())
                    .contains("answers only to users")
                    .contains("user name is empty");
        }
    }

    @Test
    void an_etcd_that_is_full_takes_no_writes() throws Exception {
        try (EtcdCluster etcd = etcd(1, "http", "--quota-backend-bytes", "65536")) {
            for (int i = 0; i < 200; i++) {
                try {
                    etcd.etcdctl("put", "key" + i, "x".repeat(4000));
                } catch (java.io.UncheckedIOException full) {
                    break;
                }
            }

            assertThat(check("--etcd-endpoints", etcd.url(0)).get("datastore/etcd-alarms"))
                    .isEqualTo(new Finding("FAIL", "etcd.alarms is there: NOSPACE of m0"));
        }
    }

    @Test
    void an_etcd_that_speaks_only_the_v2_api_is_not_enough() throws Exception {
        try (StandIn old = StandIn.answering(
                "",
                Map.of(
                        "/version", "200 {\"etcdserver\":\"2.3.8\",\"etcdcluster\":\"2.3.0\"}",
                        "/v2/keys", "200 {\"action\":\"get\",\"node\":{\"dir\":true}}"))) {
            assertThat(check("--etcd-endpoints", old.url()).get(ETCD))
                    .isEqualTo(new Finding("FAIL", old.url() + " is etcd 2.3.8, which speaks only the v2 API"));
        }
    }

    @Test
    void older_versions_of_the_gateway_are_asked_too() throws Exception {
        Map<String, String> answers = new HashMap<>();
        member(answers, "v3beta", "3.3.27", "1", "[]");
        try (StandIn old = StandIn.answering("", answers)) {
            assertThat(check("--etcd-endpoints", old.url()).get(ETCD))
                    .isEqualTo(
                            new Finding("PASS", old.url() + " is etcd 3.3.27, speaks the v3 API and answers a read"));
        }
    }

    @Test
    void versions_that_differ_and_a_clock_that_is_wrong_are_told() throws Exception {
        Map<String, String> newer = new HashMap<>();
        Map<String, String> older = new HashMap<>();
        try (StandIn second = StandIn.answering("", older);
                StandIn first = StandIn.answering("Tue, 01 Jan 2019 00:00:00 GMT", newer)) {
            String list = "[{\"ID\":\"1\",\"name\":\"m1\",\"clientURLs\":[\"" + first.url()
                    + "\"]},{\"ID\":\"2\",\"name\":\"m2\",\"clientURLs\":[\"" + second.url() + "\"]}]";
            member(newer, "v3", "3.5.9", "1", list);
            member(older, "v3", "3.4.23", "2", list);

            Findings findings = check("--etcd-endpoints", first.url());

            assertThat(findings.get("datastore/etcd-mixed-versions"))
                    .isEqualTo(new Finding("WARN", "etcd.mixed-versions is there: 3.5.9 of m1, 3.4.23 of m2"));
            assertThat(findings.get("datastore/etcd-clock-skew").outcome()).isEqualTo("WARN");
        }
    }

    @Test
    void what_is_no_etcd_is_told_by_what_it_does() throws Exception {
        try (StandIn web = StandIn.answering("", Map.of("/", "200 hello"));
                StandIn silent = StandIn.that(socket -> socket.getInputStream().readAllBytes());
                StandIn garbage = StandIn.that(DatastoreTest::garbage);
                StandIn endless = StandIn.that(DatastoreTest::endlessBody)) {
            assertThat(check("--etcd-endpoints", web.url()).get(ETCD))
                    .isEqualTo(new Finding(
                            "FAIL", web.url() + " answers, but not as etcd does (HTTP status 404 for /version)"));
            String all = String.join(",", silent.url(), garbage.url(), endless.url());
            assertThat(check("--etcd-endpoints", all).get(ETCD))
                    .isEqualTo(new Finding(
                            "FAIL",
                            silent.url() + " takes the connection, but does not answer within 5 s; " + garbage.url()
                                    + " does not answer in HTTP; " + endless.url()
                                    + " answers with more than 1048576 bytes"));
        }
    }

    private static void garbage(java.net.Socket socket) throws IOException {
        byte[] bytes = new byte[1 << 16];
        Arrays.fill(bytes, (byte) 'x');
        OutputStream output = socket.getOutputStream();
        while (true) {
            output.write(bytes);
        }
    }

    private static void endlessBody(java.net.Socket socket) throws IOException {
        socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        garbage(socket);
    }

    @Test
    void facts_of_another_host_are_asked_for_from_here_and_say_so() throws Exception {
        try (EtcdCluster etcd = etcd(1, "http")) {
            Path facts = temp.resolve("facts.json");
            Run collected = Run.of(
                    "collect",
                    "--source",
                    temp.toString(),
                    "--etcd-endpoints",
                    etcd.url(0),
                    "--output-file",
                    facts.toString());
            assertThat(collected.exit()).as(collected.err()).isZero();
            Findings later = findings(Run.of(
                    "check", "--calico", "3.16", "--platform", "openstack", "--facts", facts.toString(), "-o", "json"));
            assertThat(later.get(ETCD).outcome()).isEqualTo("PASS");

            String closed = "http://127.0.0.1:1";
            Findings asked = check("--facts", facts.toString(), "--etcd-endpoints", closed);

            assertThat(asked.get(ETCD).outcome()).isEqualTo("UNKNOWN");
            assertThat(asked.get(ETCD).reason()).endsWith("it was asked from another machine than the host");
            assertThat(Files.readString(facts)).contains("asked from ").contains("\"elsewhere\"");
        }
    }

    @Test
    void a_kubernetes_api_server_answers_even_where_it_tells_nothing() throws Exception {
        String denied = "401 {\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":401}";
        try (StandIn open = StandIn.answering(
                        "", Map.of("/version", "200 {\"gitVersion\":\"v1.28.2\"}", "/readyz", "200 ok"));
                StandIn closed = StandIn.answering("", Map.of("/version", denied));
                StandIn sick = StandIn.answering(
                        "", Map.of("/version", "200 {\"gitVersion\":\"v1.28.2\"}", "/readyz", "500 etcd failed"));
                StandIn web = StandIn.answering("", Map.of())) {
            assertThat(kubernetes(open))
                    .isEqualTo(new Finding("PASS", open.url() + " is a Kubernetes API server 1.28.2 and answers"));
            assertThat(kubernetes(closed))
                    .isEqualTo(new Finding(
                            "PASS",
                            closed.url() + " is a Kubernetes API server, which tells nothing to strangers (HTTP status"
                                    + " 401)"));
            assertThat(kubernetes(sick).outcome()).isEqualTo("FAIL");
            assertThat(kubernetes(web).reason()).contains("not as a Kubernetes API server does");
        }
    }

    private static Finding kubernetes(StandIn server) throws IOException {
        return findings(Run.of(
                        "check",
                        "--calico=3.28",
                        "--platform=kubernetes",
                        "--profile=practical",
                        "--kube-apiserver",
                        server.url(),
                        "-o",
                        "json"))
                .get("datastore/kubernetes");
    }

    /** The answers of a member of etcd that is well. */
    private static void member(Map<String, String> answers, String api, String version, String id, String list) {
        String header = "\"header\":{\"cluster_id\":\"7\",\"member_id\":\"" + id + "\"}";
        answers.put("/version", "200 {\"etcdserver\":\"" + version + "\"}");
        answers.put("/health", "200 {\"health\":\"true\"}");
        answers.put("/" + api + "/maintenance/status", "200 {" + header + ",\"leader\":\"1\"}");
        answers.put("/" + api + "/maintenance/alarm", "200 {" + header + "}");
        answers.put("/" + api + "/kv/range", "200 {" + header + "}");
        answers.put("/" + api + "/cluster/member/list", "200 {" + header + ",\"members\":" + list + "}");
    }

    private static void assumeEtcd() {
        assumeTrue(EtcdCluster.isInstalled(), "install etcd-server, etcd-client and openssl to ask a real etcd");
    }

    private EtcdCluster etcd(int size, String scheme, String... options) throws Exception {
        assumeEtcd();
        return EtcdCluster.start(temp, size, scheme, options);
    }

    private EtcdCluster tls(Certificates pki, String name, String... more) throws Exception {
        List<String> options =
                new ArrayList<>(List.of("--cert-file", pki.file(name + ".pem"), "--key-file", pki.file(name + ".key")));
        options.addAll(List.of(more));
        return etcd(1, "https", options.toArray(String[]::new));
    }

    private record Finding(String outcome, String reason) {}

    private record Findings(Map<String, Finding> byId) {

        Finding get(String id) {
            return Optional.ofNullable(byId.get(id)).orElseThrow(() -> new AssertionError("no finding " + id));
        }
    }

    private static Findings check(String... options) throws IOException {
        return check(List.of("--profile", "practical"), options);
    }

    private static Findings check(List<String> some, String... more) throws IOException {
        return findings(run("check", some, concat(more, "--calico=3.16", "--platform=openstack", "-o", "json")));
    }

    private static Run run(String command, List<String> some, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(some);
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static String[] concat(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Findings findings(Run run) throws IOException {
        assertThat(run.exit()).as(run.err()).isNotEqualTo(1).isNotEqualTo(2);
        Map<String, Finding> byId = new HashMap<>();
        for (JsonNode finding : JSON.readTree(run.out()).path("findings")) {
            byId.put(
                    finding.path("id").asText(),
                    new Finding(
                            finding.path("outcome").asText(),
                            finding.path("reason").asText()));
        }
        return new Findings(byId);
    }
}
