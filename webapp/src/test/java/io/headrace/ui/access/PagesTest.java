package io.headrace.ui.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.router.Route;
import io.headrace.engine.access.Permission;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesTest {

    private final List<JavaClass> pages =
            new ClassFileImporter()
                            .withImportOption(new ImportOption.DoNotIncludeTests())
                            .importPackages("io.headrace.ui")
                            .stream()
                            .filter(one -> one.isAnnotatedWith(Route.class))
                            .toList();

    @Test
    void everyPageSaysWhoMaySeeIt() {
        assertThat(pages).hasSizeGreaterThan(10);
        assertThat(pages)
                .allSatisfy(page ->
                        assertThat(
                                        page.isAnnotatedWith(Needs.class)
                                                ^ page.isAnnotatedWith(Open.class))
                                .as("%s has either @Needs or @Open", page.getName())
                                .isTrue());
    }

    @Test
    void onlyTheDoorsAreOpenToEverybody() {
        assertThat(pages)
                .filteredOn(page -> page.isAnnotatedWith(Open.class))
                .extracting(JavaClass::getSimpleName)
                .containsExactlyInAnyOrder("LoginPage", "SetupPage");
    }

    @Test
    void administrationIsForAdministrators() {
        assertThat(pages)
                .filteredOn(page -> page.getPackageName().endsWith(".admin"))
                .isNotEmpty()
                .allSatisfy(page ->
                        assertThat(page.getAnnotationOfType(Needs.class).value())
                                .isEqualTo(Permission.ADMINISTER));
    }
}
