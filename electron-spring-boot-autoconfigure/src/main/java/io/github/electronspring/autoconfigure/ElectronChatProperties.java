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

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Configuration properties for chat with Electron. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public class ElectronChatProperties {

	/**
	 * Longest time of a turn, all its rounds and tools together. Unset: no limit.
	 */
	private @Nullable Duration turnTimeout;

	private final Options options = new Options();

	public @Nullable Duration getTurnTimeout() {
		return this.turnTimeout;
	}

	public void setTurnTimeout(@Nullable Duration turnTimeout) {
		this.turnTimeout = turnTimeout;
	}

	public Options getOptions() {
		return this.options;
	}

	/**
	 * Default options of requests, which the options of a call override.
	 */
	public static class Options {

		/**
		 * How freely the model picks its words, 0 to 2. The service takes 1 when this is
		 * unset.
		 */
		private @Nullable Double temperature;

		/**
		 * Share of probability that the model picks from, 0 to 1. The service takes 1
		 * when this is unset.
		 */
		private @Nullable Double topP;

		/**
		 * Most tokens of an answer, at least 1. Input and output share a window of 32768
		 * tokens.
		 */
		private @Nullable Integer maxTokens;

		/**
		 * Texts at which an answer ends, at most 4.
		 */
		private List<String> stop = new ArrayList<>();

		/**
		 * Seed for repeatable answers, best effort.
		 */
		private @Nullable Long seed;

		/**
		 * Penalty for tokens that have come before, -2 to 2.
		 */
		private @Nullable Double presencePenalty;

		/**
		 * Penalty for tokens that come often, -2 to 2.
		 */
		private @Nullable Double frequencyPenalty;

		/**
		 * Bias by token identifier.
		 */
		private Map<String, Double> logitBias = new LinkedHashMap<>();

		/**
		 * Whether answers come with log probabilities.
		 */
		private @Nullable Boolean logprobs;

		/**
		 * How many of the likeliest tokens come with each token, 0 to 20. Needs logprobs.
		 */
		private @Nullable Integer topLogprobs;

		/**
		 * Whether the model calls tools: 'auto', 'required', 'none' or the name of the
		 * one tool to call.
		 */
		private @Nullable String toolChoice;

		/**
		 * Form of answers.
		 */
		private @Nullable ResponseFormat responseFormat;

		/**
		 * Opaque identifier of the end user. The service does not interpret it.
		 */
		private @Nullable String user;

		/**
		 * Further fields of the request body, sent as they are.
		 */
		private Map<String, Object> extraBody = new LinkedHashMap<>();

		public @Nullable Double getTemperature() {
			return this.temperature;
		}

		public void setTemperature(@Nullable Double temperature) {
			this.temperature = temperature;
		}

		public @Nullable Double getTopP() {
			return this.topP;
		}

		public void setTopP(@Nullable Double topP) {
			this.topP = topP;
		}

		public @Nullable Integer getMaxTokens() {
			return this.maxTokens;
		}

		public void setMaxTokens(@Nullable Integer maxTokens) {
			this.maxTokens = maxTokens;
		}

		public List<String> getStop() {
			return this.stop;
		}

		public void setStop(List<String> stop) {
			this.stop = stop;
		}

		public @Nullable Long getSeed() {
			return this.seed;
		}

		public void setSeed(@Nullable Long seed) {
			this.seed = seed;
		}

		public @Nullable Double getPresencePenalty() {
			return this.presencePenalty;
		}

		public void setPresencePenalty(@Nullable Double presencePenalty) {
			this.presencePenalty = presencePenalty;
		}

		public @Nullable Double getFrequencyPenalty() {
			return this.frequencyPenalty;
		}

		public void setFrequencyPenalty(@Nullable Double frequencyPenalty) {
			this.frequencyPenalty = frequencyPenalty;
		}

		public Map<String, Double> getLogitBias() {
			return this.logitBias;
		}

		public void setLogitBias(Map<String, Double> logitBias) {
			this.logitBias = logitBias;
		}

		public @Nullable Boolean getLogprobs() {
			return this.logprobs;
		}

		public void setLogprobs(@Nullable Boolean logprobs) {
			this.logprobs = logprobs;
		}

		public @Nullable Integer getTopLogprobs() {
			return this.topLogprobs;
		}

		public void setTopLogprobs(@Nullable Integer topLogprobs) {
			this.topLogprobs = topLogprobs;
		}

		public @Nullable String getToolChoice() {
			return this.toolChoice;
		}

		public void setToolChoice(@Nullable String toolChoice) {
			this.toolChoice = toolChoice;
		}

		public @Nullable ResponseFormat getResponseFormat() {
			return this.responseFormat;
		}

		public void setResponseFormat(@Nullable ResponseFormat responseFormat) {
			this.responseFormat = responseFormat;
		}

		public @Nullable String getUser() {
			return this.user;
		}

		public void setUser(@Nullable String user) {
			this.user = user;
		}

		public Map<String, Object> getExtraBody() {
			return this.extraBody;
		}

		public void setExtraBody(Map<String, Object> extraBody) {
			this.extraBody = extraBody;
		}

	}

	/**
	 * Forms of an answer.
	 */
	public enum ResponseFormat {

		/**
		 * Plain text.
		 */
		TEXT,

		/**
		 * Any JSON object; the prompt must ask for JSON.
		 */
		JSON_OBJECT

	}

}
