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

	private final Errors errors;

	ElectronPropertiesValidation(Errors errors) {
		this.errors = errors;
	}

	void validate(ElectronProperties properties) {
		check("model", StringUtils.hasText(properties.getModel()), "must not be empty");
		positive("chat.turn-timeout", properties.getChat().getTurnTimeout());
		validate(properties.getChat().getOptions());
		validate(properties.getHttp());
		atLeast("tools.max-rounds", properties.getTools().getMaxRounds(), 1);
		positive("tools.timeout", properties.getTools().getTimeout());
		notNegative("prices.input", properties.getPrices().getInput());
		notNegative("prices.cached-input", properties.getPrices().getCachedInput());
		notNegative("prices.output", properties.getPrices().getOutput());
	}

	private void validate(ElectronChatProperties.Options options) {
		between("chat.options.temperature", options.getTemperature(), 0, 2);
		between("chat.options.top-p", options.getTopP(), 0, 1);
		atLeast("chat.options.max-tokens", options.getMaxTokens(), 1);
		between("chat.options.presence-penalty", options.getPresencePenalty(), -2, 2);
		between("chat.options.frequency-penalty", options.getFrequencyPenalty(), -2, 2);
		between("chat.options.top-logprobs", options.getTopLogprobs(), 0, 20);
		check("chat.options.top-logprobs",
				options.getTopLogprobs() == null || Boolean.TRUE.equals(options.getLogprobs()),
				"needs 'electron.chat.options.logprobs' to be 'true'");
		check("chat.options.stop", options.getStop().size() <= MAX_STOP_TEXTS,
				"must not have more than %d texts".formatted(MAX_STOP_TEXTS));
		check("chat.options.tool-choice",
				options.getToolChoice() == null || StringUtils.hasText(options.getToolChoice()),
				"must be 'auto', 'required', 'none' or the name of a tool");
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
