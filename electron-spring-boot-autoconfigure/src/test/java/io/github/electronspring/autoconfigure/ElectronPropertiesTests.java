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

package io.github.electronspring.autoconfigure;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

import io.github.electronspring.voice.SegmentSettings;
import io.github.electronspring.voice.SilenceSettings;
import io.github.electronspring.voice.VoiceSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.InputStreamResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElectronProperties}.
 *
 * @author The Electron Spring authors
 */
class ElectronPropertiesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(PropertiesConfiguration.class);

	@Test
	void defaultValues() {
		this.contextRunner.run((context) -> {
			ElectronProperties properties = context.getBean(ElectronProperties.class);
			assertThat(properties.getApiKey()).isNull();
			assertThat(properties.getBaseUrl()).isEqualTo("https://api.smallest.ai/waves/v1");
			assertThat(properties.getModel()).isEqualTo("electron");
			assertThat(properties.getTools().isAutoRegister()).isTrue();
			assertThat(properties.getTools().getMaxRounds()).isEqualTo(4);
			assertThat(properties.getVoice()).extracting("deadline", "pause", "apology", "locale")
				.containsExactly(Duration.ofSeconds(10), Duration.ofMillis(300), null, null);
			assertThat(properties.getVoice())
				.extracting("silence.delay", "silence.interval", "segments.firstClause", "segments.firstMaximum",
						"segments.maximum", "acknowledgement.enabled", "acknowledgement.text")
				.containsExactly(SilenceSettings.defaults().delay(), SilenceSettings.defaults().interval(),
						SegmentSettings.defaults().firstClause(), SegmentSettings.defaults().firstMaximum(),
						SegmentSettings.defaults().maximum(), true, VoiceSettings.DEFAULT_ACKNOWLEDGEMENT);
			assertThat(properties.getMemory().getHighWaterMark()).isEqualTo(16_384);
			assertThat(properties.getMemory().getLowWaterMark()).isEqualTo(8_192);
			assertThat(properties.getTools().getTimeout()).isEqualTo(Duration.ofSeconds(8));
			assertThat(properties.getTools().isParallel()).isTrue();
			assertThat(properties.getTools().isIncludeCallbacks()).isFalse();
			assertThat(properties.getTools().isPropagateRequestAttributes()).isFalse();
			assertThat(properties.getPrices().getInput()).isEqualByComparingTo("0.40");
			assertThat(properties.getPrices().getCachedInput()).isEqualByComparingTo("0.10");
			assertThat(properties.getPrices().getOutput()).isEqualByComparingTo("1.60");
			assertThat(properties.getHttp().getMaxConnections()).isEqualTo(10000);
			assertThat(properties.getHttp().getProxy().getPort()).isEqualTo(8080);
			assertThat(properties.getHttp())
				.extracting("connectTimeout", "firstTokenTimeout", "idleTimeout", "responseTimeout", "ssl.bundle",
						"proxy.host", "proxy.username", "proxy.password")
				.containsOnlyNulls();
			assertThat(properties.getChat().getOptions())
				.extracting("temperature", "topP", "maxTokens", "seed", "presencePenalty", "frequencyPenalty",
						"logprobs", "topLogprobs", "toolChoice", "responseFormat", "user")
				.containsOnlyNulls();
			assertThat(properties.getChat().getOptions()).extracting("stop").isEqualTo(Collections.emptyList());
		});
	}

	@Test
	void specificProperties() {
		this.contextRunner.withInitializer((context) -> addYaml(context.getEnvironment(), """
				electron:
				  api-key: sk_test
				  base-url: https://gateway.example.com/v1
				  model: electron-2
				  chat:
				    options:
				      temperature: 0.5
				      top-p: 0.9
				      max-tokens: 200
				      stop: [one, two]
				      seed: 7
				      presence-penalty: -1
				      frequency-penalty: 1
				      logit-bias:
				        "50256": -100
				      logprobs: true
				      top-logprobs: 3
				      tool-choice: required
				      response-format: json_object
				      user: someone
				      extra-body:
				        top_k: 4
				  http:
				    connect-timeout: 1s
				    first-token-timeout: 2s
				    idle-timeout: 3s
				    response-timeout: 4s
				    max-connections: 5
				    ssl:
				      bundle: mine
				    proxy:
				      host: proxy.example.com
				      port: 3128
				      username: me
				      password: secret
				  tools:
				    auto-register: false
				    max-rounds: 2
				    timeout: 2s
				    parallel: false
				    include-callbacks: true
				    propagate-request-attributes: true
				  prices:
				    input: 1
				    cached-input: 2
				    output: 3
				""")).run((context) -> {
			ElectronProperties properties = context.getBean(ElectronProperties.class);
			assertThat(properties).extracting("apiKey", "baseUrl", "model")
				.containsExactly("sk_test", "https://gateway.example.com/v1", "electron-2");
			assertThat(properties.getChat().getOptions())
				.extracting("temperature", "topP", "maxTokens", "stop", "seed", "presencePenalty", "frequencyPenalty",
						"logprobs", "topLogprobs", "toolChoice", "responseFormat", "user")
				.containsExactly(0.5, 0.9, 200, List.of("one", "two"), 7L, -1.0, 1.0, true, 3, "required",
						ElectronChatProperties.ResponseFormat.JSON_OBJECT, "someone");
			assertThat(properties.getChat().getOptions().getLogitBias()).containsEntry("50256", -100.0);
			assertThat(properties.getChat().getOptions().getExtraBody()).containsEntry("top_k", 4);
			assertThat(properties.getHttp())
				.extracting("connectTimeout", "firstTokenTimeout", "idleTimeout", "responseTimeout", "maxConnections",
						"ssl.bundle", "proxy.host", "proxy.port", "proxy.username", "proxy.password")
				.containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3),
						Duration.ofSeconds(4), 5, "mine", "proxy.example.com", 3128, "me", "secret");
			assertThat(properties.getTools())
				.extracting("autoRegister", "maxRounds", "timeout", "parallel", "includeCallbacks",
						"propagateRequestAttributes")
				.containsExactly(false, 2, Duration.ofSeconds(2), false, true, true);
			assertThat(properties.getPrices()).extracting("input", "cachedInput", "output")
				.containsExactly(BigDecimal.ONE, new BigDecimal(2), new BigDecimal(3));
		});
	}

	@ParameterizedTest
	@CsvSource({ "voice.deadline, 0s", "voice.pause, 0s", "voice.silence.delay, -1ms", "voice.silence.interval, 0s",
			"voice.acknowledgement.text, ' '", "voice.segments.first-clause, 0", "voice.segments.first-maximum, 15",
			"voice.segments.maximum, 99", "model, ''", "chat.options.temperature, -0.1",
			"chat.options.temperature, 2.1", "chat.options.temperature, NaN", "chat.options.top-p, -0.1",
			"chat.options.top-p, 1.1", "chat.options.max-tokens, 0", "chat.options.presence-penalty, -2.1",
			"chat.options.presence-penalty, 2.1", "chat.options.frequency-penalty, -2.1",
			"chat.options.frequency-penalty, 2.1", "chat.options.top-logprobs, -1", "chat.options.top-logprobs, 21",
			"chat.options.top-logprobs, 1", "chat.options.stop, '1,2,3,4,5'", "chat.options.tool-choice, ' '",
			"http.connect-timeout, 0", "http.first-token-timeout, -1s", "http.idle-timeout, 0s",
			"http.response-timeout, 0", "http.max-connections, 0", "http.proxy.port, 0", "http.proxy.port, 65536",
			"tools.max-rounds, 0", "memory.high-water-mark, 0", "memory.high-water-mark, 28673",
			"memory.low-water-mark, -1", "memory.low-water-mark, 16384", "tools.timeout, 0s", "chat.turn-timeout, 0s",
			"tools.timeout, -1s", "prices.input, -0.1", "prices.cached-input, -0.1", "prices.output, -0.1",
			"quota.max-wait, -1s", "quota.max-pending, -1", "quota.margin, -1ms", "quota.redis.lease, 999ms",
			"quota.requests-per-minute, 5", "quota.concurrency, 5", "plan, custom", "retry.max-attempts, 0",
			"retry.min-backoff, 0s", "retry.max-backoff, 249ms", "retry.budget, 0s", "failover, nobody",
			"failover-after, 0s", "failover, 'openai,openai'" })
	void whenValueIsOutOfRangeFailsToStart(String name, String value) {
		this.contextRunner.withPropertyValues("electron." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(name));
	}

	@ParameterizedTest
	@CsvSource({ "voice.deadline, 1ms", "voice.silence.delay, 0s", "voice.segments.first-maximum, 16",
			"voice.segments.maximum, 100", "chat.options.temperature, 0", "chat.options.temperature, 2",
			"chat.options.top-p, 0", "chat.options.top-p, 1", "chat.options.max-tokens, 1",
			"chat.options.presence-penalty, -2", "chat.options.presence-penalty, 2",
			"chat.options.frequency-penalty, -2", "chat.options.frequency-penalty, 2", "chat.options.stop, '1,2,3,4'",
			"http.connect-timeout, 1ms", "http.max-connections, 1", "http.proxy.port, 1", "http.proxy.port, 65535",
			"tools.max-rounds, 1", "memory.high-water-mark, 28672", "memory.low-water-mark, 0",
			"memory.low-water-mark, 16383", "tools.timeout, 1ms", "chat.turn-timeout, 1ms", "prices.input, 0",
			"prices.cached-input, 0", "prices.output, 0", "quota.max-wait, 0s", "quota.max-pending, 0",
			"quota.margin, 0s", "quota.redis.lease, 1s", "retry.max-attempts, 1", "retry.max-backoff, 250ms",
			"failover-after, 1ms" })
	void whenValueIsAtTheEdgeStarts(String name, String value) {
		this.contextRunner.withPropertyValues("electron." + name + "=" + value)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static void addYaml(ConfigurableEnvironment environment, String yaml) {
		try {
			for (PropertySource<?> source : new YamlPropertySourceLoader().load("test",
					new InputStreamResource(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))))) {
				environment.getPropertySources().addFirst(source);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ElectronProperties.class)
	static class PropertiesConfiguration {

	}

}
