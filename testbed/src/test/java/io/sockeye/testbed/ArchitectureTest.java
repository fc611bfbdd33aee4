package io.sockeye.testbed;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.sockeye.client.SocketClient;
import io.sockeye.server.IoTransport;
import io.sockeye.server.LoopFailure;
import io.sockeye.server.SocketServer;
import io.sockeye.server.SocketServerBuilder;
import io.sockeye.server.Tls;
import io.sockeye.server.adapter.AdapterFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Who may import what: each rule is a line of ARCHITECTURE.md. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/io/sockeye/server/Bus")) // the tests' cluster
            .importPackages("io.sockeye");

    private static final List<String> LAYERS = List.of(
            "bytes", "json", "protocol", "engine", "ack", "msgpack", "event", "concurrent", "server", "client", "test");

    private static final String CLIENT_INSIDE = "io.sockeye.client.internal";

    /** The client's inner packages, and which others each of them sees; the one above them sees all. */
    private static final Map<String, Set<String>> CLIENT_PACKAGES = Map.of(
            "threads", Set.of(),
            "settings", Set.of(),
            "transport", Set.of(),
            "http", Set.of("threads", "transport"),
            "connection", Set.of("threads", "settings", "transport"),
            "handlers", Set.of("settings"),
            "socket", Set.of("threads", "settings", "connection", "handlers"));

    private static final String SERVER_INSIDE = "io.sockeye.server.internal";

    /** The server's inner packages, each after those that it sees. */
    private static final List<String> SERVER_PACKAGES = List.of(
            "http",
            "engine",
            "netty.io",
            "netty.tls",
            "netty.http",
            "netty.websocket",
            "netty",
            "threads",
            "handlers",
            "context",
            "rooms",
            "namespace",
            "socket",
            "recovery",
            "connection",
            "server");

    @Test
    void layersLookLeftOnly() {
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            var right = LAYERS.subList(layer + 1, LAYERS.size()).stream()
                    .map(name -> "io.sockeye." + name + "..")
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage("io.sockeye." + LAYERS.get(layer) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(right)
                    .allowEmptyShould(layer == LAYERS.size() - 1));
        }
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("io.sockeye.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(SocketClient.class.getName(), CLIENT_INSIDE + ".ClientBuilder")
                .ignoreDependency(type(SocketServer.class), name(SERVER_INSIDE + ".server.ServerBuilder"))
                .ignoreDependency(type(AdapterFactory.class), name(SERVER_INSIDE + ".namespace.InMemoryAdapter"))
                // The builder takes an adapter, which sees what the API says of a client.
                .ignoreDependency(SocketServerBuilder.class, AdapterFactory.class));
    }

    @Test
    void theServersPackagesSeeThoseBeforeThem() {
        for (int i = 0; i < SERVER_PACKAGES.size() - 1; i++) {
            var later = SERVER_PACKAGES.subList(i + 1, SERVER_PACKAGES.size()).stream()
                    .map(name -> SERVER_INSIDE + "." + name)
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage(SERVER_INSIDE + "." + SERVER_PACKAGES.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later));
        }
        check(classes()
                .that()
                .resideInAPackage(SERVER_INSIDE + "..")
                .should()
                .resideInAnyPackage(SERVER_PACKAGES.stream()
                        .map(name -> SERVER_INSIDE + "." + name)
                        .toArray(String[]::new)));
    }

    /** Making a server is where the API enters the inside, and so is the adapter that needs no cluster. */
    @Test
    void theServersApiCallsTheInsideToMakeABuilderOnly() {
        var api = noClasses().that().resideInAnyPackage("io.sockeye.server", "io.sockeye.server.adapter");
        var inside = resideInAPackage(SERVER_INSIDE + "..");
        check(api.and()
                .doNotBelongToAnyOf(SocketServer.class, AdapterFactory.class)
                .should()
                .dependOnClassesThat(inside));
        check(api.should()
                .dependOnClassesThat(inside.and(not(name(SERVER_INSIDE + ".server.ServerBuilder")
                        .or(name(SERVER_INSIDE + ".namespace.InMemoryAdapter"))))));
    }

    @Test
    void theClientsPackagesSeeThoseThatTheyNeed() {
        CLIENT_PACKAGES.forEach((home, seen) -> {
            var allowed = Stream.concat(Stream.of(home), seen.stream())
                    .map(name -> CLIENT_INSIDE + "." + name)
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage(CLIENT_INSIDE + "." + home)
                    .should()
                    .dependOnClassesThat(resideInAPackage(CLIENT_INSIDE + "..").and(not(resideInAnyPackage(allowed)))));
        });
        check(classes()
                .that()
                .resideInAPackage(CLIENT_INSIDE + "..")
                .should()
                .resideInAnyPackage(Stream.concat(
                                Stream.of(CLIENT_INSIDE),
                                CLIENT_PACKAGES.keySet().stream().map(name -> CLIENT_INSIDE + "." + name))
                        .toArray(String[]::new)));
    }

    /** Tests of handlers can implement a socket. */
    @Test
    void theClientsApiHasNoClassesButValuesAndExceptions() {
        check(classes()
                .that()
                .resideInAPackage("io.sockeye.client")
                .and()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotRecords()
                .should()
                .beAssignableTo(RuntimeException.class));
    }

    /** Making a client is where the API enters the inside. */
    @Test
    void theClientsApiCallsTheInsideToMakeABuilderOnly() {
        var api = noClasses().that().resideInAPackage("io.sockeye.client");
        var inside = resideInAPackage(CLIENT_INSIDE + "..");
        check(api.and().doNotBelongToAnyOf(SocketClient.class).should().dependOnClassesThat(inside));
        check(api.should().dependOnClassesThat(inside.and(not(name(CLIENT_INSIDE + ".ClientBuilder")))));
    }

    @Test
    void theCoreDoesNoInputOutputAndAsksNoClock() {
        var core = classesIn("bytes", "json", "protocol", "engine", "ack", "msgpack", "event");
        check(noClasses()
                .that()
                .resideInAnyPackage(core)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "java.net..", "java.nio.channels.."));
        check(noClasses()
                .that()
                .resideInAnyPackage(core)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.(Thread|Runtime)|java\\.util\\.(Timer|TimerTask)"
                        + "|java\\.util\\.concurrent\\.(.*Executor.*|CompletableFuture)|java\\.time\\.Clock"));
        check(noClasses()
                .that()
                .resideInAnyPackage(core)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }

    @Test
    void lesson21_nativeImagesNeedToKnowNoClassOfTheCore() {
        check(noClasses()
                .that()
                .resideInAnyPackage(classesIn("bytes", "json", "protocol", "engine", "ack", "msgpack", "event"))
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.reflect\\.(Method|Field|Constructor|Proxy|InvocationHandler)"
                        + "|java\\.lang\\.invoke\\.MethodHandles\\$Lookup|java\\.util\\.ServiceLoader"));
    }

    @Test
    void cve2025_61765_nobodyReadsObjectsThatJavaHasWritten() {
        check(noClasses().should().dependOnClassesThat().haveNameMatching("java\\.io\\.Object(In|Out)put.*"));
    }

    @Test
    void onlyOnePackageKnowsEachLibrary() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(SERVER_INSIDE + ".netty..")
                .and()
                .doNotBelongToAnyOf(Tls.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.."));
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.sockeye.msgpack")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.msgpack.."));
    }

    @Test
    void onlyTheTransportsOfTheClientKnowTheHttpClientButForUsersWhoBringTheirOwn() {
        var elsewhere = noClasses().that().resideOutsideOfPackage("io.sockeye.client.internal.http");
        var http = resideInAnyPackage("java.net.http..");
        check(elsewhere.and().haveSimpleNameNotEndingWith("Builder").should().dependOnClassesThat(http));
        check(elsewhere
                .and()
                .haveSimpleNameEndingWith("Builder")
                .should()
                .dependOnClassesThat(http.and(not(assignableTo("java.net.http.HttpClient")))));
    }

    @Test
    void theClientsTransportsKnowTheEngineAlone() {
        check(classes()
                .that()
                .resideInAnyPackage("io.sockeye.client.internal.http", "io.sockeye.client.internal.transport")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.sockeye.client.internal.http",
                        "io.sockeye.client.internal.threads",
                        "io.sockeye.client.internal.transport",
                        "io.sockeye.engine..",
                        "io.sockeye.protocol",
                        "io.sockeye.bytes",
                        "java..",
                        "javax.net.ssl..",
                        "org.slf4j..",
                        "org.jspecify.."));
    }

    @Test
    void onlyJsonKnowsJacksonButForTwoTypesThatUsersNameThemselves() {
        var typeReference = type(TypeReference.class);
        var mapper = type(JsonMapper.class);
        var jackson = resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..");
        var elsewhere = noClasses().that().resideOutsideOfPackages("io.sockeye.json", "io.sockeye.json.text");
        check(elsewhere.should().dependOnClassesThat(jackson.and(not(typeReference.or(mapper)))));
        check(elsewhere
                .and()
                .resideOutsideOfPackages(
                        "io.sockeye.event",
                        "io.sockeye.server",
                        "io.sockeye.client",
                        "io.sockeye.test",
                        CLIENT_INSIDE,
                        SERVER_INSIDE + "..")
                .should()
                .dependOnClassesThat(typeReference));
        check(elsewhere.and().haveSimpleNameNotEndingWith("Builder").should().dependOnClassesThat(mapper));
    }

    @Test
    void theClientDoesNotKnowTheServer() {
        check(noClasses()
                .that()
                .resideInAPackage("io.sockeye.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sockeye.server.."));
    }

    /** So that a user could have written it. */
    @Test
    void whatTestsOfHandlersNeedKnowsTheApiAlone() {
        check(noClasses()
                .that()
                .resideInAPackage("io.sockeye.test")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER_INSIDE + "..", CLIENT_INSIDE + ".."));
    }

    @Test
    void theHttpSideOfEngineIoKnowsNoHost() {
        check(classes()
                .that()
                .resideInAnyPackage("io.sockeye.server.host", SERVER_INSIDE + ".http", SERVER_INSIDE + ".engine")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.sockeye.server.host",
                        "io.sockeye.server.http",
                        SERVER_INSIDE + ".http",
                        SERVER_INSIDE + ".engine",
                        "io.sockeye.engine..",
                        "io.sockeye.protocol",
                        "io.sockeye.bytes",
                        "java..",
                        "org.slf4j..",
                        "org.jspecify.."));
    }

    @Test
    void theHostOnNettyKnowsTheEngineAlone() {
        var known = resideInAnyPackage(
                SERVER_INSIDE + ".netty..",
                SERVER_INSIDE + ".http",
                "io.sockeye.server.host",
                "io.sockeye.server.http",
                "io.sockeye.engine..",
                "io.sockeye.protocol",
                "io.sockeye.bytes",
                "io.netty..",
                "java..",
                "javax.net.ssl..",
                "org.slf4j..",
                "org.jspecify..");
        var chosen = type(IoTransport.class).or(type(Tls.class)).or(type(LoopFailure.class));
        check(classes()
                .that()
                .resideInAPackage(SERVER_INSIDE + ".netty..")
                .should()
                .onlyDependOnClassesThat(known.or(chosen)));
    }

    private static String[] classesIn(String... packages) {
        return List.of(packages).stream()
                .map(name -> "io.sockeye." + name + "..")
                .toArray(String[]::new);
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
