/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.electronspring.samples.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.electronspring.api.LogContext;
import io.github.electronspring.chat.RequestObservationDocumentation;
import io.github.electronspring.observation.ElectronMeterDocumentation;
import io.github.electronspring.observation.TurnObservationDocumentation;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the page about observability, the dashboard and the alerts name what an
 * application has.
 *
 * @author The Electron Spring authors
 */
class ObservabilityTests {

	private static final Pattern ROW = Pattern
		.compile("^\\| `([\\w.]+)` \\| ([a-z ]+) \\| (\\S+) \\| ([^|]+) \\| [^|]+ \\|$", Pattern.MULTILINE);

	private static final Pattern NAME = Pattern.compile("`((?:electron|gen_ai|spring\\.ai)\\.[a-z_.-]+)`");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}");

	/**
	 * What spans and logs have besides.
	 */
	private static final Set<String> OTHERS = Stream
		.of(names(TurnObservationDocumentation.HighCardinalityKeyNames.values()),
				names(RequestObservationDocumentation.HighCardinalityKeyNames.values()),
				Stream.of(LogContext.REQUEST_ID, LogContext.CONVERSATION_ID))
		.flatMap((names) -> names)
		.collect(Collectors.toUnmodifiableSet());

	private static RunningAgent agent;

	private static Scrape scrape;

	@BeforeAll
	static void start() throws Exception {
		agent = new RunningAgent("sk_test", "electron.failover-on-client-errors=true");
		Traffic.play(agent);
		Awaitility.await()
			.atMost(RunningAgent.TIMEOUT)
			.untilAsserted(() -> assertThat(agent.actuator("/prometheus")).contains(
					"electron_turn_duration_seconds_count{error=\"none\",model=\"electron\",outcome=\"cancelled\"}"));
		scrape = Scrape.parse(agent.actuator("/prometheus"));
	}

	@AfterAll
	static void stop() {
		agent.close();
	}

	@Test
	void pageNamesEveryMeterAndNoOther() throws IOException {
		assertThat(documentedMeters()).isEqualTo(registeredMeters());
	}

	@Test
	void pageNamesEveryMeterOfTheLibrary() throws IOException {
		assertThat(documentedMeters()).containsKeys(Arrays.stream(ElectronMeterDocumentation.values())
			.map(ElectronMeterDocumentation::getName)
			.toArray(String[]::new));
	}

	@Test
	void namesInTheTextExist() throws IOException {
		Set<String> known = new TreeSet<>(OTHERS);
		agent.context().getBean(MeterRegistry.class).getMeters().forEach((meter) -> {
			known.add(meter.getId().getName());
			meter.getId().getTags().forEach((tag) -> known.add(tag.getKey()));
		});
		Matcher matcher = NAME.matcher(page());
		while (matcher.find()) {
			if (!matcher.group(1).contains("observations")) {
				assertThat(known).contains(matcher.group(1));
			}
		}
	}

	@Test
	void pageNamesAllThatSpansAndLogsHave() throws IOException {
		assertThat(page()).contains(OTHERS.stream().map("`%s`"::formatted).toArray(String[]::new));
	}

	@Test
	void dashboardAsksForWhatExists() throws IOException {
		JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(docs("grafana-electron.json")));
		List<JsonNode> targets = dashboard.findParents("expr");
		assertThat(targets).hasSizeGreaterThan(10);
		for (JsonNode target : targets) {
			check(target.path("expr").asString(), target.path("legendFormat").asString());
		}
		String variable = dashboard.at("/templating/list/1/query/query").asString();
		Matcher values = Pattern.compile("label_values\\((\\w+), (\\w+)\\)").matcher(variable);
		assertThat(values.matches()).isTrue();
		assertThat(scrape.labelNames(values.group(1))).contains(values.group(2));
	}

	@Test
	void alertsAskForWhatExists() throws IOException {
		Map<String, List<Map<String, Object>>> file = new Yaml()
			.load(Files.readString(docs("prometheus-electron-alerts.yml")));
		List<?> rules = (List<?>) file.get("groups").get(0).get("rules");
		assertThat(rules).hasSizeGreaterThan(5);
		for (Object rule : rules) {
			Map<?, ?> alert = (Map<?, ?>) rule;
			check((String) alert.get("expr"), alert.get("annotations").toString());
		}
	}

	private static void check(String expression, String text) {
		PromQuery query = PromQuery.parse(expression);
		assertThat(query.selectors()).as(expression).isNotEmpty().allMatch(scrape::matches, "is scraped");
		List<String> used = new ArrayList<>(query.groupings());
		for (PromQuery.Selector selector : query.selectors()) {
			assertThat(scrape.labelNames(selector.metric())).as(expression).containsAll(query.groupings());
		}
		Matcher placeholder = PLACEHOLDER.matcher(text);
		while (placeholder.find()) {
			assertThat(used).as(expression).contains(placeholder.group(1));
		}
	}

	private static Map<String, String> documentedMeters() throws IOException {
		Map<String, String> meters = new TreeMap<>();
		Matcher row = ROW.matcher(page());
		while (row.find()) {
			meters.put(row.group(1), "%s in %s by %s".formatted(row.group(2), row.group(3),
					new TreeSet<>(List.of(row.group(4).replace("`", "").split(", ")))));
		}
		return meters;
	}

	private static Map<String, String> registeredMeters() {
		Map<String, List<Meter>> byName = agent.context()
			.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.filter((meter) -> meter.getId().getName().matches("(electron|gen_ai|spring\\.ai)\\..*"))
			.filter((meter) -> meter.getId().getType() != Meter.Type.LONG_TASK_TIMER)
			.collect(Collectors.groupingBy((meter) -> meter.getId().getName()));
		Map<String, String> meters = new TreeMap<>();
		byName.forEach((name, all) -> meters.put(name, describe(all)));
		return meters;
	}

	private static String describe(List<Meter> meters) {
		Meter.Id id = meters.get(0).getId();
		Set<String> tags = new TreeSet<>();
		meters.forEach((meter) -> meter.getId().getTags().stream().map(Tag::getKey).forEach(tags::add));
		String type = (id.getType() != Meter.Type.DISTRIBUTION_SUMMARY) ? id.getType().name() : "distribution summary";
		return "%s in %s by %s".formatted(type.toLowerCase(Locale.ROOT),
				(id.getBaseUnit() != null) ? id.getBaseUnit() : "-", tags);
	}

	private static Stream<String> names(KeyName[] names) {
		return Arrays.stream(names).map(KeyName::asString);
	}

	private static String page() throws IOException {
		return Files.readString(docs("observability.md"));
	}

	private static Path docs(String name) {
		Path root = Path.of("").toAbsolutePath();
		while (!Files.exists(root.resolve("docs"))) {
			root = root.getParent();
		}
		return root.resolve("docs").resolve(name);
	}

}
