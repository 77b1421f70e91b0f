package io.headrace.engine.project;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectNameTest {

    @ParameterizedTest
    @CsvSource({
        "https://git.example.com/team/shop.git, shop",
        "https://git.example.com/team/shop.git/, shop",
        "git@git.example.com:team/shop.git, shop",
        "git@git.example.com:shop, shop",
        "ssh://git@git.example.com:2222/team/web-shop_2.x.git, web-shop_2.x",
        "/srv/git/shop/, shop",
        "file:///srv/git/Shop.GIT, Shop",
        "C:\\work\\shop, shop",
        "' shop ', shop"
    })
    void aProjectIsNamedAfterItsRepository(String address, String name) {
        assertThat(Projects.nameFor(address)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "https://", ".git", "/srv/my shop", "/srv/läden"})
    void anAddressWithoutAFittingNameGivesNone(String address) {
        assertThat(Projects.nameFor(address)).isEmpty();
    }
}
