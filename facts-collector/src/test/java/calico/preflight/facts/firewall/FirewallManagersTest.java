package calico.preflight.facts.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules that firewalld and ufw make, with the programs themselves: what is said of them is what packets meet. Each runs
 * in the network of a test host, and over the host's own files lies a copy.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FirewallManagersTest {

    private static Optional<TwoHosts> opened = Optional.empty();

    @TempDir
    Path work = Path.of("");

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        opened = Optional.of(TwoHosts.open());
    }

    @BeforeEach
    void clear() throws IOException, InterruptedException {
        hosts().clear();
    }

    @AfterAll
    static void close() throws IOException {
        if (opened.isPresent()) {
            opened.get().close();
        }
    }

    private static TwoHosts hosts() {
        return opened.orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --zone=public --list-all | 0
                    --zone=public --add-port=179/tcp --add-port=4789/udp; --zone=public --add-port=5000-6000/tcp | 0
                    --set-default-zone=trusted | 0
                    --set-default-zone=drop; --zone=drop --add-port=51820-51821/udp | 0
                    --zone=internal --change-interface=uplink9; --zone=internal --add-port=179/tcp | 0
                    --zone=public --add-source=10.99.0.0/24; --zone=trusted --add-interface=lo | 0
                    --zone=trusted --add-source=192.0.2.0/24; --zone=public --add-port=6443/tcp | 10
                    --zone=public --add-rich-rule=rule_family=ipv4_port_port=179_protocol=tcp_reject | 0
                    --zone=public --add-rich-rule=rule_port_port=2379_protocol=tcp_accept_limit_value=500/s | 2
                    --zone=public --set-target=ACCEPT --permanent; --reload | 0
                    --direct --add-rule ipv4 filter INPUT 0 -p tcp --dport 179 -j DROP; --set-default-zone=trusted | 0
                    --panic-on | 0
                    """)
    void what_is_said_of_the_rules_of_firewalld_is_what_packets_meet(String settings, int mostOpen) throws Exception {
        for (String tool : List.of("firewalld", "firewall-cmd", "dbus-daemon", "unshare")) {
            assumeTrue(TwoHosts.has(tool), "install " + tool + " (firewalld, dbus, util-linux)");
        }
        StringBuilder script = new StringBuilder("""
                mount -t tmpfs tmpfs /run || exit 1
                mkdir -p /run/dbus /run/firewalld
                cp -a /etc/firewalld "$1/firewalld" && mount --bind "$1/firewalld" /etc/firewalld
                export DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/dbus/system_bus_socket
                dbus-daemon --system --nofork --nopidfile --address=$DBUS_SYSTEM_BUS_ADDRESS &
                bus=$!
                for i in 1 2 3 4 5 6 7 8 9 10; do test -S /run/dbus/system_bus_socket && break; sleep 0.1; done
                firewalld --nofork --nopid &
                manager=$!
                for i in $(seq 100); do firewall-cmd --state && break; sleep 0.1; done
                """);
        for (String setting : settings.split("; ", -1)) {
            script.append("firewall-cmd");
            for (String word : setting.split(" ", -1)) {
                script.append(" '").append(word.replace('_', ' ')).append('\'');
            }
            script.append(" || result=1\n");
        }
        // The rules stay when the program is killed; a clean end would take them away.
        script.append("kill -9 $manager; wait $manager; kill -9 $bus; exit ${result:-0}\n");
        assertThat(run(script.toString())).as("firewalld took " + settings).isTrue();

        assertAgreement("firewalld", settings, mostOpen);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    status | 0
                    allow 179/tcp; allow 4789/udp | 0
                    default allow incoming; deny 179/tcp | 0
                    default deny outgoing; allow out 6443/tcp | 0
                    default reject incoming; allow in on uplink9 to any port 5473 proto tcp | 0
                    allow in on eth0; limit 22/tcp | 2
                    allow from 10.99.0.0/24 to any port 2379 proto tcp; allow 51820:51821/udp | 1
                    logging full; allow 179 | 0
                    """)
    void what_is_said_of_the_rules_of_ufw_is_what_packets_meet(String settings, int mostOpen) throws Exception {
        for (String tool : List.of("ufw", "unshare")) {
            assumeTrue(TwoHosts.has(tool), "install " + tool + " (ufw, util-linux)");
        }
        StringBuilder script = new StringBuilder("""
                mount -t tmpfs tmpfs /run || exit 1
                cp -a /etc/ufw "$1/ufw" && mount --bind "$1/ufw" /etc/ufw
                cp -a /etc/default/ufw "$1/default" && mount --bind "$1/default" /etc/default/ufw
                ufw --force enable || result=1
                """);
        for (String setting : settings.split("; ", -1)) {
            script.append("ufw ").append(setting).append(" || result=1\n");
        }
        script.append("exit ${result:-0}\n");
        assertThat(run(script.toString())).as("ufw took " + settings).isTrue();

        assertAgreement("ufw", settings, mostOpen);
    }

    private static void assertAgreement(String manager, String settings, int mostOpen) throws Exception {
        Agreement agreement = new Agreement(hosts());
        agreement.compare(manager + settings.hashCode(), settings);

        assertThat(agreement.disagreements()).isEmpty();
        assertThat(agreement.open()).as("flows left open with " + settings).isLessThanOrEqualTo(mostOpen);
    }

    private boolean run(String script) throws IOException, InterruptedException {
        Path file = Files.writeString(work.resolve("settings.sh"), script);
        return hosts().inside("", "unshare", "--mount", "sh", file.toString(), work.toString())
                .ok();
    }
}
