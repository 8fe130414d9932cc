package calico.preflight.cli;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows of the house. */
class ArchitectureTest {

    private static final String CATALOG = "calico.preflight.catalog..";
    private static final String FACTS = "calico.preflight.facts..";
    private static final String ENGINE = "calico.preflight.engine..";
    private static final String CLI = "calico.preflight.cli..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("calico.preflight");

    @Test
    void all_modules_were_seen() {
        assertThat(CLASSES).hasSizeGreaterThan(120);
        for (String module : List.of(CATALOG, FACTS, ENGINE, CLI)) {
            assertThat(CLASSES.that(resideInAnyPackage(module))).as(module).hasSizeGreaterThan(15);
        }
    }

    @Test
    void the_catalog_knows_no_other_module() {
        noClasses()
                .that()
                .resideInAPackage(CATALOG)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FACTS, ENGINE, CLI)
                .because("which requirements hold does not depend on hosts or inference")
                .check(CLASSES);
    }

    @Test
    void the_facts_know_no_other_module() {
        noClasses()
                .that()
                .resideInAPackage(FACTS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CATALOG, ENGINE, CLI)
                .because("what is true on a host does not depend on what is asked")
                .check(CLASSES);
    }

    @Test
    void the_engine_knows_no_command_line() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CLI)
                .check(CLASSES);
    }

    @Test
    void drools_stays_inside_the_engine() {
        noClasses()
                .that()
                .resideOutsideOfPackages("calico.preflight.engine.drl..", "calico.preflight.engine.inference..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.drools..", "org.kie..", "org.mvel2..")
                .because("Drools is in no public signature")
                .check(CLASSES);
    }

    @Test
    void only_the_command_line_prints_and_exits() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void only_host_sources_start_programs() {
        noClasses()
                .that()
                .resideOutsideOfPackage("calico.preflight.facts.source..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethodWhere(target(owner(type(Runtime.class))).and(target(name("exec"))))
                .because("what may run on a host is a closed list")
                .check(CLASSES);
    }

    @Test
    void every_package_is_null_marked() {
        List<String> unmarked = CLASSES.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(pack -> !pack.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();

        assertThat(unmarked).isEmpty();
    }
}
