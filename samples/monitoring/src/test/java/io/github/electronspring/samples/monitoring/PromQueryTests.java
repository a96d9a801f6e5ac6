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

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PromQuery} and {@link Scrape}.
 *
 * @author The Electron Spring authors
 */
class PromQueryTests {

	private static final Scrape SCRAPE = Scrape.parse("""
			# TYPE requests counter
			requests_total{outcome="error",provider="electron"} 1.0
			requests_total{outcome="success",provider="openai"} 2.0 # {trace_id="1"} 1.0
			waiting 0.0
			""");

	@Test
	void findsMetricsAndLabels() {
		PromQuery query = PromQuery
			.parse("sum by (le, outcome) (rate(requests_total{provider=~\"$provider\"}[5m])) / waiting * 3600 > 0.05");
		assertThat(query.selectors()).extracting(PromQuery.Selector::metric)
			.containsExactly("requests_total", "waiting");
		assertThat(query.groupings()).containsExactly("le", "outcome");
		assertThat(query.selectors()).allMatch(SCRAPE::matches);
	}

	@Test
	void whatDoesNotExistDoesNotMatch() {
		for (String query : List.of("requests", "requests_total{outcome=\"cancelled\"}",
				"requests_total{model=~\".*\"}", "requests_total{outcome=\"error\", provider=\"openai\"}",
				"waiting{a=\"b\"}")) {
			assertThat(PromQuery.parse(query).selectors()).as(query).hasSize(1).noneMatch(SCRAPE::matches);
		}
	}

	@Test
	void functionThatIsNotKnownIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> PromQuery.parse("rat(requests_total[5m])"));
	}

	@Test
	void labelsAreThoseOfAllSeries() {
		assertThat(SCRAPE.series().get("waiting")).containsExactly(Map.of());
		assertThat(SCRAPE.labelNames("requests_total")).containsExactly("instance", "job", "outcome", "provider");
	}

}
