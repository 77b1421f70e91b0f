package io.headrace.language.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what is told of commands, and, above all, what is not. */
class ShellHabitsTest {

    private static List<String> found(String command) {
        return ShellHabits.in(command).stream()
                .map(each ->
                        "%s %s %d+%d"
                                .formatted(each.habit(), each.what(), each.offset(), each.length()))
                .toList();
    }

    @Test
    void aValueFromOutsideWithoutQuotesIsTold() {
        assertThat(found("git push origin $HEADRACE_BRANCH"))
                .containsExactly("UNQUOTED $HEADRACE_BRANCH 16+16");
        assertThat(found("git tag ${HEADRACE_TAG}-1"))
                .containsExactly("UNQUOTED $HEADRACE_TAG 8+15");
        assertThat(found("echo ${HEADRACE_REF#refs/heads/} $BRANCH_NAME"))
                .containsExactly("UNQUOTED $HEADRACE_REF 5+27", "UNQUOTED $BRANCH_NAME 33+12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "make BRANCH=$HEADRACE_BRANCH",
                "docker build --build-arg B=$HEADRACE_BRANCH .",
                "[ $HEADRACE_BRANCH = main ]",
                "echo \"$(git log $HEADRACE_BRANCH)\"",
                "echo \"a\" $HEADRACE_BRANCH",
                "echo 'a' $HEADRACE_BRANCH",
                "echo \\\" $HEADRACE_BRANCH",
                "cat <<EOF\nno\nEOF\necho $HEADRACE_BRANCH",
                "cat <<-'EOF'\nno\n\tEOF\necho $HEADRACE_BRANCH",
                "cat <<\"EOF\"\nno\nEOF\necho $HEADRACE_BRANCH",
                "cat <<< x\necho $HEADRACE_BRANCH",
                "# a \"comment\necho $HEADRACE_BRANCH",
                "echo a#\" b\"\necho $HEADRACE_BRANCH",
                "[[ -n $CI ]] && echo $HEADRACE_BRANCH",
                "[[ -n x ]] $HEADRACE_BRANCH",
                "(cd a) $HEADRACE_BRANCH",
                "x=1; echo $HEADRACE_BRANCH",
                "echo \"$(echo \"a\")\" $HEADRACE_BRANCH",
                "case x in a) echo $HEADRACE_BRANCH;; esac"
            })
    void itIsFoundWhereverAShellWouldSplitIt(String command) {
        assertThat(ShellHabits.in(command))
                .extracting(ShellHabits.Found::habit)
                .containsExactly(ShellHabits.Habit.UNQUOTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git push origin \"$HEADRACE_BRANCH\"",
                "git push origin \"refs/heads/${HEADRACE_BRANCH}\"",
                "echo '$HEADRACE_BRANCH'",
                "echo \\$HEADRACE_BRANCH",
                "echo done # $HEADRACE_BRANCH",
                "# $HEADRACE_BRANCH",
                "B=$HEADRACE_BRANCH",
                "B=$HEADRACE_BRANCH make",
                "A=1 B=$HEADRACE_BRANCH make",
                "export B=$HEADRACE_BRANCH",
                "if true; then B=x-$HEADRACE_BRANCH; fi",
                "if [[ $HEADRACE_BRANCH == main ]]; then make; fi",
                "case $HEADRACE_BRANCH in main) make;; esac",
                "echo ${#HEADRACE_BRANCH}",
                "echo ${HEADRACE_TAG:+tagged} ${HEADRACE_TAG+tagged}",
                "echo $HEADRACE_BRANCHES ${HEADRACE_TAGS} $MY_BRANCH_NAMES",
                "git checkout $HEADRACE_COMMIT",
                "echo $HEADRACE_EVENT $HEADRACE_RUN_NUMBER $HEADRACE_PROJECT",
                "make $HEADRACE_PARAM_TARGETS",
                "cat <<EOF\nbranch: $HEADRACE_BRANCH\nEOF\necho done",
                "cat <<-EOF >a\n\tbranch: $HEADRACE_BRANCH\n\tEOF\n",
                "cat <<A <<B\n$HEADRACE_TAG\nA\n$HEADRACE_TAG\nB",
                "cat <<EOF\n$HEADRACE_TAG",
                "echo \"a \\\" $HEADRACE_BRANCH\"",
                "echo \"$(date) $HEADRACE_BRANCH\"",
                "echo \"$(date \"+%s\") $HEADRACE_BRANCH\"",
                "echo 'it is $HEADRACE_BRANCH",
                "printenv HEADRACE_BRANCH",
                ""
            })
    void whatIsOneWordAnywayIsNotTold(String command) {
        assertThat(found(command)).isEmpty();
    }

    @Test
    void aValueFromOutsideThatIsRunIsTold() {
        assertThat(found("eval \"$HEADRACE_TAG\"")).containsExactly("EVALUATED $HEADRACE_TAG 6+13");
        assertThat(found("eval deploy \"${HEADRACE_PARAM_WHERE}\"; ls"))
                .containsExactly("EVALUATED $HEADRACE_PARAM_WHERE 13+23");
        assertThat(found("sh -c \"deploy '$HEADRACE_BRANCH'\""))
                .containsExactly("EVALUATED $HEADRACE_BRANCH 15+16");
        assertThat(found("/bin/bash -e -xc \"a $BRANCH_NAME b $HEADRACE_REF\""))
                .containsExactly("EVALUATED $BRANCH_NAME 20+12", "EVALUATED $HEADRACE_REF 35+13");
        assertThat(found("sh -c $HEADRACE_BRANCH"))
                .containsExactly("EVALUATED $HEADRACE_BRANCH 6+16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh -c 'deploy \"$1\"' sh \"$HEADRACE_BRANCH\"",
                "bash -c 'echo \"$HEADRACE_BRANCH\"'",
                "eval 'echo \"$HEADRACE_BRANCH\"'",
                "eval \"$(ssh-agent -s)\"; echo \"$HEADRACE_BRANCH\"",
                "eval \"$SETUP\" | tee \"$HEADRACE_BRANCH\"",
                "sh deploy.sh \"$HEADRACE_PARAM_WHERE\"",
                "ssh -c aes256 host \"$HEADRACE_PARAM_WHERE\"",
                "./my.sh -c \"$HEADRACE_PARAM_WHERE\"",
                "my-eval \"$HEADRACE_PARAM_WHERE\"",
                "bash -e \"$HEADRACE_PARAM_WHERE\"",
                "echo 'eval' \"$HEADRACE_PARAM_WHERE\"",
                "echo \"eval $HEADRACE_PARAM_WHERE\""
            })
    void aValueThatIsGivenToACommandIsNotTold(String command) {
        assertThat(found(command)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -fsSL https://get.example.com | sh",
                "curl \"https://get.example.com/a|b;c\" | bash",
                "wget -qO- https://get.example.com | sudo -E bash -s -- -y",
                "wget -qO- https://get.example.com |/bin/sh",
                "curl -fsSL https://get.example.com \\\n  -o - |\n  sh",
                "sh -c \"$(curl -fsSL https://get.example.com)\"",
                "bash <(curl -s https://get.example.com)",
                "source <(curl -s https://get.example.com)",
                ". <(wget -qO- https://get.example.com)",
                "eval \"$( curl -s https://get.example.com)\"",
                "eval $(wget -qO- https://get.example.com)"
            })
    void aDownloadThatIsRunIsTold(String command) {
        assertThat(ShellHabits.in(command))
                .extracting(ShellHabits.Found::habit)
                .containsExactly(ShellHabits.Habit.DOWNLOADED);
    }

    @Test
    void theWordsThatRunADownloadAreShown() {
        assertThat(found("ls; curl x | sh -s")).containsExactly("DOWNLOADED curl x | sh 4+11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -fsSL https://example.com/a.tar.gz | tar xz",
                "curl -fsSLo install.sh https://get.example.com && sh install.sh",
                "curl https://example.com/install.sh; ls | sh",
                "echo 'curl https://get.example.com | sh'",
                "echo \"curl https://get.example.com | sh\"",
                "# curl https://get.example.com | sh",
                "curl https://example.com/list | sha256sum",
                "curl https://example.com/list | shuf",
                "curl https://example.com/list | sh2ju",
                "curl https://example.com | jq .sh",
                "mycurl x | sh",
                "curl https://example.com\nls | sh",
                "VERSION=\"$(curl -s https://example.com/version)\"",
                "bash script.sh <(curl -s https://example.com/data)"
            })
    void aDownloadThatIsNotRunIsNotTold(String command) {
        assertThat(found(command)).isEmpty();
    }

    @Test
    void everythingOfACommandIsToldInItsOrder() {
        assertThat(found("curl x | sh\neval \"$HEADRACE_TAG\"\necho $HEADRACE_REF"))
                .containsExactly(
                        "DOWNLOADED curl x | sh 0+11",
                        "EVALUATED $HEADRACE_TAG 18+13",
                        "UNQUOTED $HEADRACE_REF 38+13");
    }

    @Test
    @Tag("slow")
    @Timeout(60)
    void longCommandsAreLookedAtOnce() {
        for (var command :
                List.of(
                        "echo \"$(curl $HEADRACE_BRANCH) (eval sh -c curl | \\ ".repeat(5_000),
                        "curl ".repeat(100_000),
                        "curl " + "eval ".repeat(100_000),
                        "curl " + "sh -c ".repeat(100_000),
                        "curl | sudo " + " -a".repeat(100_000),
                        "A=$HEADRACE_TAG ".repeat(5_000))) {
            assertThat(ShellHabits.in(command)).hasSizeLessThanOrEqualTo(200);
        }
    }
}
