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

package io.github.electronspring.chat;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is added to Spring AI's observation of a chat model, which each request of a turn
 * has. All of it is on the span only: the tags of Spring AI's meters are those of every
 * model.
 *
 * @author The Electron Spring authors
 */
public enum RequestObservationDocumentation implements ObservationDocumentation {

	/**
	 * A request, with all attempts at all providers.
	 */
	REQUEST {

		@Override
		public String getName() {
			return "gen_ai.client.operation";
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

		@Override
		public Observation.Event[] getEvents() {
			return Events.values();
		}

	};

	/**
	 * Key names that only spans have.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * The identifier of the request, which support asks for.
		 */
		REQUEST_ID("electron.request.id"),

		/**
		 * The name of the provider that answered.
		 */
		PROVIDER("electron.provider"),

		/**
		 * How many requests were sent to that provider.
		 */
		ATTEMPTS("electron.attempts"),

		/**
		 * How long the last request waited for its place in the quota, in milliseconds.
		 */
		QUOTA_WAIT("electron.quota.wait.ms"),

		/**
		 * How the request ended: {@code success}, {@code error} or {@code cancelled}.
		 */
		OUTCOME("electron.outcome");

		private final String name;

		HighCardinalityKeyNames(String name) {
			this.name = name;
		}

		@Override
		public String asString() {
			return this.name;
		}

	}

	/**
	 * Events, on spans only: the counters that Micrometer makes of events are filtered
	 * out.
	 */
	public enum Events implements Observation.Event {

		/**
		 * The request is sent again, to the same provider.
		 */
		RETRY("electron.retry", "retry"),

		/**
		 * The next provider is asked.
		 */
		FAILOVER("electron.failover", "failover"),

		/**
		 * The caller did not want the rest.
		 */
		CANCELLED("electron.cancelled", "cancelled");

		private final String name;

		private final String contextualName;

		Events(String name, String contextualName) {
			this.name = name;
			this.contextualName = contextualName;
		}

		@Override
		public String getName() {
			return this.name;
		}

		@Override
		public String getContextualName() {
			return this.contextualName;
		}

	}

}
