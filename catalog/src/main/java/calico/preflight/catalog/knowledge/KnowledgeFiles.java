package calico.preflight.catalog.knowledge;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.knowledge.KernelKnowledge.Capability;
import calico.preflight.catalog.knowledge.KernelKnowledge.ModuleForm;
import calico.preflight.catalog.knowledge.NetworkProviders.NetworkProvider;
import calico.preflight.catalog.knowledge.OpenstackReleases.OpenstackRelease;
import calico.preflight.catalog.yaml.Binder;
import calico.preflight.catalog.yaml.RulesFiles;
import calico.preflight.catalog.yaml.Schema;
import calico.preflight.catalog.yaml.Wording;
import calico.preflight.catalog.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The knowledge of all rules folders, laid over each other: an upper folder may add entries, and replaces one only where
 * its file says {@code replaces: [modules/NAME]}.
 *
 * @param contents the bytes of the files that it was read from, lowest folder first
 */
public record KnowledgeFiles(Knowledge knowledge, List<byte[]> contents) {

    /** The files that a knowledge folder may hold. */
    public static final List<String> NAMES =
            List.of("kernel.yaml", "openstack-releases.yaml", "network-providers.yaml");

    public KnowledgeFiles {
        contents = List.copyOf(contents);
    }

    /**
     * Reads the knowledge.
     *
     * @param folders lowest first; the installation's own must have every file
     */
    public static KnowledgeFiles read(List<RulesFolder> folders, RulesFiles files) throws InvalidRulesException {
        Overlay overlay = new Overlay();
        List<byte[]> contents = new ArrayList<>();
        for (RulesFolder folder : folders) {
            for (String name : NAMES) {
                Path path = folder.knowledge().resolve(name);
                if (!folder.trusted() && !Files.exists(path)) {
                    continue;
                }
                try {
                    YamlFile file = files.read(path, schema(name), folder.trusted());
                    contents.add(file.bytes());
                    overlay.lay(name, file);
                } catch (InvalidRulesException e) {
                    overlay.problems.addAll(e.problems());
                }
            }
        }
        if (!overlay.problems.isEmpty()) {
            throw new InvalidRulesException(overlay.problems);
        }
        return new KnowledgeFiles(overlay.knowledge(), contents);
    }

    private static Schema schema(String name) {
        return switch (name) {
            case "kernel.yaml" -> Schema.KERNEL_KNOWLEDGE;
            case "openstack-releases.yaml" -> Schema.OPENSTACK_RELEASES;
            default -> Schema.NETWORK_PROVIDERS;
        };
    }

    private record KernelFile(
            String schema,
            List<String> replaces,
            List<String> completeConfiguration,
            List<String> nothingWithout,
            Map<String, List<String>> trains,
            Map<String, String> packages,
            Map<String, List<ModuleForm>> modules,
            Map<String, Capability> capabilities) {}

    private record ReleasesFile(String schema, List<String> replaces, List<OpenstackRelease> releases) {}

    private record ProvidersFile(
            String schema, List<String> replaces, List<String> helpers, List<NetworkProvider> providers) {}

    /** What has been laid over each other so far. */
    private static final class Overlay {
        private final Set<String> completeConfiguration = new LinkedHashSet<>();
        private final Set<String> nothingWithout = new LinkedHashSet<>();
        private final Map<String, List<String>> trains = new LinkedHashMap<>();
        private final Map<String, String> packages = new LinkedHashMap<>();
        private final Map<String, List<ModuleForm>> modules = new LinkedHashMap<>();
        private final Map<String, Capability> capabilities = new LinkedHashMap<>();
        private final Map<String, OpenstackRelease> releases = new LinkedHashMap<>();
        private final Set<String> helpers = new LinkedHashSet<>();
        private final Map<String, NetworkProvider> providers = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        void lay(String name, YamlFile file) throws InvalidRulesException {
            switch (name) {
                case "kernel.yaml" -> kernel(file, Binder.bind(file, List.of(), file.tree(), KernelFile.class));
                case "openstack-releases.yaml" ->
                    releases(file, Binder.bind(file, List.of(), file.tree(), ReleasesFile.class));
                default -> providers(file, Binder.bind(file, List.of(), file.tree(), ProvidersFile.class));
            }
        }

        private void kernel(YamlFile file, KernelFile source) {
            Set<String> used = new LinkedHashSet<>();
            source.trains().keySet().forEach(name -> {
                boolean there = trains.containsKey(name);
                checkReplaces(file, List.of("trains", name), there, source.replaces(), "trains/" + name, used);
            });
            source.packages().keySet().forEach(name -> {
                boolean there = packages.containsKey(name);
                checkReplaces(file, List.of("packages", name), there, source.replaces(), "packages/" + name, used);
            });
            source.modules().keySet().forEach(name -> {
                boolean there = modules.containsKey(name);
                checkReplaces(file, List.of("modules", name), there, source.replaces(), "modules/" + name, used);
            });
            source.capabilities().keySet().forEach(name -> {
                boolean there = capabilities.containsKey(name);
                checkReplaces(
                        file, List.of("capabilities", name), there, source.replaces(), "capabilities/" + name, used);
            });
            checkUsed(file, source.replaces(), used);
            completeConfiguration.addAll(source.completeConfiguration());
            nothingWithout.addAll(source.nothingWithout());
            trains.putAll(source.trains());
            packages.putAll(source.packages());
            source.packages().keySet().forEach(train -> checkTrain(file, List.of("packages", train), train));
            modules.putAll(source.modules());
            capabilities.putAll(source.capabilities());
            source.modules().forEach((name, forms) -> {
                for (int i = 0; i < forms.size(); i++) {
                    checkForm(file, List.of("modules", name, i), forms.get(i));
                }
            });
            source.capabilities().forEach((name, capability) -> {
                List<Object> path = List.of("capabilities", name);
                checkProviders(file, step(path, "providedBy"), capability.providedBy());
                for (int i = 0; i < capability.anyOf().size(); i++) {
                    checkProviders(
                            file,
                            List.of("capabilities", name, "anyOf", i, "providedBy"),
                            capability.anyOf().get(i).providedBy());
                }
            });
        }

        private void checkForm(YamlFile file, List<Object> path, ModuleForm form) {
            if (form.insideModule()) {
                checkModule(file, step(path, "within"), form.within());
            }
            checkProviders(file, step(path, "needs"), form.needs());
            if (!form.train().isEmpty()) {
                checkTrain(file, step(path, "train"), form.train());
            }
        }

        private void checkTrain(YamlFile file, List<Object> path, String train) {
            if (!trains.containsKey(train)) {
                problems.add(file.at(
                        path,
                        "there is no " + Wording.quoted(train) + " among the trains"
                                + Wording.known(train, trains.keySet())));
            }
        }

        private void checkProviders(YamlFile file, List<Object> path, List<KernelKnowledge.Provider> providers) {
            for (int i = 0; i < providers.size(); i++) {
                checkModule(file, step(path, i, "module"), providers.get(i).module());
            }
        }

        private static List<Object> step(List<Object> path, Object... steps) {
            return Stream.concat(path.stream(), Stream.of(steps)).toList();
        }

        private void providers(YamlFile file, ProvidersFile source) {
            Set<String> used = new LinkedHashSet<>();
            Map<String, NetworkProvider> own = new LinkedHashMap<>();
            for (int i = 0; i < source.providers().size(); i++) {
                NetworkProvider provider = source.providers().get(i);
                List<Object> path = List.of("providers", i, "name");
                boolean there = providers.containsKey(provider.name());
                checkReplaces(file, path, there, source.replaces(), "providers/" + provider.name(), used);
                if (own.put(provider.name(), provider) != null) {
                    problems.add(file.at(path, Wording.quoted(provider.name()) + " stands here a second time"));
                }
            }
            checkUsed(file, source.replaces(), used);
            helpers.addAll(source.helpers());
            providers.putAll(own);
        }

        private void releases(YamlFile file, ReleasesFile source) {
            Set<String> used = new LinkedHashSet<>();
            Map<String, OpenstackRelease> own = new LinkedHashMap<>();
            for (int i = 0; i < source.releases().size(); i++) {
                OpenstackRelease release = source.releases().get(i);
                List<Object> path = List.of("releases", i, "name");
                boolean there = releases.containsKey(release.name());
                checkReplaces(file, path, there, source.replaces(), "releases/" + release.name(), used);
                if (own.put(release.name(), release) != null) {
                    problems.add(file.at(path, Wording.quoted(release.name()) + " stands here a second time"));
                }
            }
            checkUsed(file, source.replaces(), used);
            releases.putAll(own);
        }

        private void checkModule(YamlFile file, List<Object> path, String module) {
            if (!modules.containsKey(module)) {
                problems.add(file.at(
                        path,
                        "there is no " + Wording.quoted(module) + " among the modules"
                                + Wording.known(module, modules.keySet())));
            }
        }

        private void checkReplaces(
                YamlFile file,
                List<Object> path,
                boolean there,
                List<String> replaces,
                String entry,
                Set<String> used) {
            if (!there) {
                return;
            }
            used.add(entry);
            if (!replaces.contains(entry)) {
                problems.add(file.atKey(
                        path,
                        "there is " + entry + " already; to replace it, add \"replaces: [" + entry
                                + "]\" to this file"));
            }
        }

        private void checkUsed(YamlFile file, List<String> replaces, Set<String> used) {
            for (int i = 0; i < replaces.size(); i++) {
                if (!used.contains(replaces.get(i))) {
                    problems.add(file.at(
                            List.of("replaces", i),
                            Wording.quoted(replaces.get(i))
                                    + " does not stand both here and in a folder below, so nothing is replaced"));
                }
            }
        }

        Knowledge knowledge() {
            return new Knowledge(
                    new KernelKnowledge(
                            List.copyOf(completeConfiguration),
                            List.copyOf(nothingWithout),
                            trains,
                            packages,
                            modules,
                            capabilities),
                    new OpenstackReleases(List.copyOf(releases.values())),
                    new NetworkProviders(List.copyOf(helpers), List.copyOf(providers.values())));
        }
    }
}
