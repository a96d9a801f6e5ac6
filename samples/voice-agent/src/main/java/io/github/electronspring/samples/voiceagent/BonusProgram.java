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

package io.github.electronspring.samples.voiceagent;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.stereotype.Component;

/**
 * Stands for a system of another company that now and then cannot be reached.
 *
 * @author The Electron Spring authors
 */
@Component
class BonusProgram {

	private final SupportDeskProperties properties;

	private final Customers customers;

	private final AtomicInteger calls = new AtomicInteger();

	BonusProgram(SupportDeskProperties properties, Customers customers) {
		this.properties = properties;
		this.customers = customers;
	}

	/**
	 * Ask how many points a customer has. Blocks.
	 * @param customer the customer
	 * @return the points
	 * @throws IllegalStateException if the system cannot be reached
	 */
	int points(long customer) {
		int every = this.properties.bonusFailsEvery();
		if (every > 0 && this.calls.incrementAndGet() % every == 0) {
			throw new IllegalStateException("The bonus programme cannot be reached");
		}
		return this.customers.findById(customer).map(Customer::bonusPoints).orElse(0);
	}

}
