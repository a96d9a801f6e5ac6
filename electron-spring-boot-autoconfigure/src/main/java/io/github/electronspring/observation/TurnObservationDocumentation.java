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

package io.github.electronspring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * Documented observations of turns.
 *
 * @author The Electron Spring authors
 */
public enum TurnObservationDocumentation implements ObservationDocumentation {

	/**
	 * A turn: all of its rounds and tools, to the end of the answer.
	 */
	TURN {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultTurnObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

	};

	/**
	 * Key names that are tags of the timer.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * The model that was asked for.
		 */
		MODEL("model"),

		/**
		 * How the turn ended: {@code success}, {@code error}, {@code cancelled}, or
		 * {@code unknown} as long as it goes on.
		 */
		OUTCOME("outcome");

		private final String name;

		LowCardinalityKeyNames(String name) {
			this.name = name;
		}

		@Override
		public String asString() {
			return this.name;
		}

	}

	/**
	 * Key names that only spans have.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * The conversation that the turn belongs to, where it is known.
		 */
		CONVERSATION_ID("gen_ai.conversation.id"),

		/**
		 * How many rounds were begun.
		 */
		ROUNDS("electron.turn.rounds");

		private final String name;

		HighCardinalityKeyNames(String name) {
			this.name = name;
		}

		@Override
		public String asString() {
			return this.name;
		}

	}

}
