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

package io.github.electronspring.resilience;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RetrySettings}, {@link FailoverSettings}, {@link Provider} and
 * {@link ModelElectronApi}.
 *
 * @author The Electron Spring authors
 */
class ResilienceSettingsTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	@Test
	void defaultsOfRetries() {
		assertThat(RetrySettings.defaults())
			.isEqualTo(new RetrySettings(5, Duration.ofMillis(250), Duration.ofSeconds(8), 0.5, Duration.ofSeconds(6)));
	}

	@Test
	void settingsOfRetriesAreReplaced() {
		RetrySettings settings = RetrySettings.defaults()
			.withMaxAttempts(1)
			.withMinBackoff(SECOND)
			.withMaxBackoff(SECOND)
			.withJitter(1)
			.withBudget(SECOND);
		assertThat(settings).isEqualTo(new RetrySettings(1, SECOND, SECOND, 1, SECOND));
	}

	@Test
	void settingsOfRetriesOutOfRangeAreRefused() {
		refused((settings) -> settings.withMaxAttempts(0), "'maxAttempts' must be at least 1 but is '0'");
		refused((settings) -> settings.withMinBackoff(Duration.ZERO), "'minBackoff' must be positive but is 'PT0S'");
		refused((settings) -> settings.withMaxBackoff(SECOND.negated()),
				"'maxBackoff' must be positive but is 'PT-1S'");
		refused((settings) -> settings.withMaxBackoff(Duration.ofMillis(249)),
				"'maxBackoff' must not be less than 'minBackoff' but is 'PT0.249S'");
		refused((settings) -> settings.withBudget(Duration.ZERO), "'budget' must be positive but is 'PT0S'");
		refused((settings) -> settings.withBudget(null), "'budget' must not be null");
		refused((settings) -> settings.withJitter(-0.1), "'jitter' must be 0 to 1 but is '-0.1'");
		refused((settings) -> settings.withJitter(1.1), "'jitter' must be 0 to 1 but is '1.1'");
	}

	@Test
	void settingsOfFailover() {
		FailoverSettings settings = FailoverSettings.defaults();
		assertThat(settings).isEqualTo(new FailoverSettings(null, false));
		assertThat(settings.withAfter(SECOND).withOnClientErrors(true)).isEqualTo(new FailoverSettings(SECOND, true));
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withAfter(Duration.ZERO))
			.withMessage("'after' must be positive but is 'PT0S'");
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withAfter(SECOND.negated()));
	}

	@Test
	void providersAreRequired() {
		FakeElectronApi api = new FakeElectronApi();
		assertThatIllegalArgumentException().isThrownBy(() -> new Provider("", api));
		assertThatIllegalArgumentException().isThrownBy(() -> new Provider("a", null));
		assertThatIllegalArgumentException().isThrownBy(() -> new FailoverElectronApi(Collections.emptyList(),
				FailoverSettings.defaults(), ResilienceListener.none()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RetryingElectronApi(api, " ", RetrySettings.defaults(), ResilienceListener.none()));
	}

	@Test
	void modelOfTheProviderTakesThePlaceOfAnyOther() {
		FakeElectronApi delegate = new FakeElectronApi();
		ModelElectronApi api = new ModelElectronApi(delegate, "gpt");
		for (String model : new String[] { "electron", null, "other" }) {
			ChatCompletionRequest request = ChatCompletionRequest.builder()
				.model(model)
				.messages(List.of(ChatMessage.user("Hello")))
				.build();
			delegate.respond(Chunks.text("a")).respond(Chunks.text("a"));
			api.stream(request, CallContext.empty()).blockLast(TIMEOUT);
			api.complete(request, CallContext.empty()).block(TIMEOUT);
		}
		assertThat(delegate.requests()).extracting(ChatCompletionRequest::model).containsOnly("gpt");
		assertThat(delegate.requests()).allMatch((request) -> request.messages().size() == 1);
	}

	private static void refused(Function<RetrySettings, RetrySettings> change, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> change.apply(RetrySettings.defaults()))
			.withMessage(message);
	}

}
