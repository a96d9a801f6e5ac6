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

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.electronspring.memory.PrefixStableChatMemory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.validation.Errors;

/**
 * Checks the ranges of {@link ElectronProperties}. The key and the base URL are left to
 * {@link PropertiesElectronConnectionDetails}, as they may come from elsewhere.
 *
 * @author The Electron Spring authors
 */
final class ElectronPropertiesValidation {

	private static final int MAX_STOP_TEXTS = 4;

	private static final int MAX_PORT = 65535;

	private static final Duration MIN_LEASE = Duration.ofSeconds(1);

	private final Errors errors;

	ElectronPropertiesValidation(Errors errors) {
		this.errors = errors;
	}

	void validate(ElectronProperties properties) {
		check("model", StringUtils.hasText(properties.getModel()), "must not be empty");
		validate("quota", properties.getPlan(), properties.getQuota().getRequestsPerMinute(),
				properties.getQuota().getConcurrency());
		validate(properties.getQuota());
		validate(properties.getRetry());
		properties.getProviders().forEach(this::validate);
		positive("failover-after", properties.getFailoverAfter());
		List<String> failover = properties.getFailover();
		check("failover", failover.size() == Set.copyOf(failover).size(), "names a provider twice");
		failover.forEach((name) -> check("failover", properties.getProviders().containsKey(name),
				"names the provider '%s', which 'electron.providers' does not have".formatted(name)));
		positive("chat.turn-timeout", properties.getChat().getTurnTimeout());
		validate("chat.options", properties.getChat().getOptions());
		validate(properties.getHttp());
		atLeast("tools.max-rounds", properties.getTools().getMaxRounds(), 1);
		positive("tools.timeout", properties.getTools().getTimeout());
		validate(properties.getMemory());
		validate(properties.getVoice());
		notNegative("prices.input", properties.getPrices().getInput());
		notNegative("prices.cached-input", properties.getPrices().getCachedInput());
		notNegative("prices.output", properties.getPrices().getOutput());
	}

	private void validate(String prefix, ElectronChatProperties.Options options) {
		between(prefix + ".temperature", options.getTemperature(), 0, 2);
		between(prefix + ".top-p", options.getTopP(), 0, 1);
		atLeast(prefix + ".max-tokens", options.getMaxTokens(), 1);
		between(prefix + ".presence-penalty", options.getPresencePenalty(), -2, 2);
		between(prefix + ".frequency-penalty", options.getFrequencyPenalty(), -2, 2);
		between(prefix + ".top-logprobs", options.getTopLogprobs(), 0, 20);
		check(prefix + ".top-logprobs", options.getTopLogprobs() == null || Boolean.TRUE.equals(options.getLogprobs()),
				"needs 'electron.%s.logprobs' to be 'true'".formatted(prefix));
		check(prefix + ".stop", options.getStop().size() <= MAX_STOP_TEXTS,
				"must not have more than %d texts".formatted(MAX_STOP_TEXTS));
		check(prefix + ".tool-choice", options.getToolChoice() == null || StringUtils.hasText(options.getToolChoice()),
				"must be 'auto', 'required', 'none' or the name of a tool");
	}

	private void validate(String prefix, @Nullable ElectronPlan plan, @Nullable Integer requestsPerMinute,
			@Nullable Integer concurrency) {
		atLeast(prefix + ".requests-per-minute", requestsPerMinute, 1);
		atLeast(prefix + ".concurrency", concurrency, 1);
		boolean custom = plan == ElectronPlan.CUSTOM;
		check(prefix + ".requests-per-minute", custom || requestsPerMinute == null, "needs the plan to be 'custom'");
		check(prefix + ".concurrency", custom || concurrency == null, "needs the plan to be 'custom'");
		check(prefix + ".requests-per-minute", !custom || requestsPerMinute != null || concurrency != null,
				"or 'electron.%s.concurrency' must be set for the plan 'custom'".formatted(prefix));
	}

	private void validate(ElectronQuotaProperties quota) {
		notNegative("quota.max-wait", quota.getMaxWait());
		atLeast("quota.max-pending", quota.getMaxPending(), 0);
		notNegative("quota.margin", quota.getMargin());
		check("quota.redis.lease", quota.getRedis().getLease().compareTo(MIN_LEASE) >= 0, "must be at least 1s");
	}

	private void validate(ElectronMemoryProperties memory) {
		between("memory.high-water-mark", memory.getHighWaterMark(), 1, PrefixStableChatMemory.MAX_HIGH_WATER_MARK);
		atLeast("memory.low-water-mark", memory.getLowWaterMark(), 0);
		check("memory.low-water-mark", memory.getLowWaterMark() < memory.getHighWaterMark(),
				"must be less than 'electron.memory.high-water-mark'");
	}

	private void validate(ElectronVoiceProperties voice) {
		positive("voice.deadline", voice.getDeadline());
		positive("voice.pause", voice.getPause());
		notNegative("voice.silence.delay", voice.getSilence().getDelay());
		positive("voice.silence.interval", voice.getSilence().getInterval());
		check("voice.acknowledgement.text",
				!voice.getAcknowledgement().isEnabled() || StringUtils.hasText(voice.getAcknowledgement().getText()),
				"must not be empty unless 'electron.voice.acknowledgement.enabled' is 'false'");
		ElectronVoiceProperties.Segments segments = voice.getSegments();
		atLeast("voice.segments.first-clause", segments.getFirstClause(), 1);
		check("voice.segments.first-maximum", segments.getFirstMaximum() >= segments.getFirstClause(),
				"must be at least 'electron.voice.segments.first-clause'");
		check("voice.segments.maximum", segments.getMaximum() >= segments.getFirstMaximum(),
				"must be at least 'electron.voice.segments.first-maximum'");
	}

	private void validate(ElectronRetryProperties retry) {
		atLeast("retry.max-attempts", retry.getMaxAttempts(), 1);
		positive("retry.min-backoff", retry.getMinBackoff());
		check("retry.max-backoff", retry.getMaxBackoff().compareTo(retry.getMinBackoff()) >= 0,
				"must be at least 'electron.retry.min-backoff'");
		positive("retry.budget", retry.getBudget());
	}

	private void validate(String name, ElectronProviderProperties provider) {
		String prefix = "providers[" + name + "]";
		check("providers", !ElectronApiConfiguration.PROVIDER.equals(name),
				"must not have one with the name 'electron', which is Electron itself");
		required(prefix + ".base-url", provider.getBaseUrl());
		required(prefix + ".api-key", provider.getApiKey());
		required(prefix + ".model", provider.getModel());
		validate(prefix, provider.getPlan(), provider.getRequestsPerMinute(), provider.getConcurrency());
		validate(prefix + ".options", provider.getOptions());
		ElectronProviderProperties.Prices prices = provider.getPrices();
		check(prefix + ".prices.input", (prices.getInput() != null) == (prices.getOutput() != null),
				"and 'output' must both be set or both be left out");
	}

	private void required(String field, @Nullable String value) {
		check(field, StringUtils.hasText(value), "must be set");
	}

	private void notNegative(String field, Duration value) {
		check(field, !value.isNegative(), "must be at least 0");
	}

	private void validate(ElectronHttpProperties http) {
		positive("http.connect-timeout", http.getConnectTimeout());
		positive("http.first-token-timeout", http.getFirstTokenTimeout());
		positive("http.idle-timeout", http.getIdleTimeout());
		positive("http.response-timeout", http.getResponseTimeout());
		atLeast("http.max-connections", http.getMaxConnections(), 1);
		between("http.proxy.port", http.getProxy().getPort(), 1, MAX_PORT);
	}

	private void between(String field, @Nullable Number value, int min, int max) {
		check(field, value == null || (value.doubleValue() >= min && value.doubleValue() <= max),
				"must be at least %d and at most %d".formatted(min, max));
	}

	private void atLeast(String field, @Nullable Integer value, int min) {
		check(field, value == null || value >= min, "must be at least %d".formatted(min));
	}

	private void positive(String field, @Nullable Duration value) {
		check(field, value == null || (!value.isNegative() && !value.isZero()), "must be longer than 0");
	}

	private void notNegative(String field, BigDecimal value) {
		check(field, value.signum() >= 0, "must be at least 0");
	}

	private void check(String field, boolean valid, String reason) {
		if (!valid) {
			// The name as users write it: the binder knows the value by that name, too
			this.errors.rejectValue(field, "range", reason);
		}
	}

}
