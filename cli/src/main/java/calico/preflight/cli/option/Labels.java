package calico.preflight.cli.option;

import calico.preflight.catalog.Suggestion;
import calico.preflight.catalog.target.Bgp;
import calico.preflight.catalog.target.Dataplane;
import calico.preflight.catalog.target.Datastore;
import calico.preflight.catalog.target.Encapsulation;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.KubeProxy;
import calico.preflight.catalog.target.Networking;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Role;
import calico.preflight.catalog.target.TargetValue;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the values of a target option by the names that packs and reports use, and names them for completion. Picocli
 * makes an object of a class by its name, so each option has a class of its own.
 *
 * @param <E> the option
 */
abstract class Labels<E extends Enum<E> & TargetValue> implements ITypeConverter<E>, Iterable<String> {

    private final List<E> values;

    Labels(Class<E> type) {
        this.values = Arrays.asList(type.getEnumConstants());
    }

    @Override
    public E convert(String text) {
        return of(values, text)
                .orElseThrow(() -> new TypeConversionException("\"" + text + "\" is none of "
                        + String.join(", ", names()) + "." + Suggestion.didYouMean(text, names())));
    }

    /** The value of this name. */
    static <E extends TargetValue> Optional<E> of(List<E> values, String text) {
        return values.stream().filter(value -> value.label().equals(text)).findFirst();
    }

    @Override
    public Iterator<String> iterator() {
        return names().iterator();
    }

    private List<String> names() {
        return values.stream().map(TargetValue::label).toList();
    }

    static final class Platforms extends Labels<Platform> {
        Platforms() {
            super(Platform.class);
        }
    }

    static final class Networkings extends Labels<Networking> {
        Networkings() {
            super(Networking.class);
        }
    }

    static final class Encapsulations extends Labels<Encapsulation> {
        Encapsulations() {
            super(Encapsulation.class);
        }
    }

    static final class Bgps extends Labels<Bgp> {
        Bgps() {
            super(Bgp.class);
        }
    }

    static final class Roles extends Labels<Role> {
        Roles() {
            super(Role.class);
        }
    }

    static final class Dataplanes extends Labels<Dataplane> {
        Dataplanes() {
            super(Dataplane.class);
        }
    }

    static final class Datastores extends Labels<Datastore> {
        Datastores() {
            super(Datastore.class);
        }
    }

    static final class IpFamilies extends Labels<IpFamily> {
        IpFamilies() {
            super(IpFamily.class);
        }
    }

    static final class KubeProxies extends Labels<KubeProxy> {
        KubeProxies() {
            super(KubeProxy.class);
        }
    }

    static final class Profiles extends Labels<Profile> {
        Profiles() {
            super(Profile.class);
        }
    }
}
