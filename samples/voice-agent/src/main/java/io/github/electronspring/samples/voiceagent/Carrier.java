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

import org.springframework.stereotype.Component;

/**
 * Stands for the carrier, who takes his time to say where a parcel is.
 *
 * @author The Electron Spring authors
 */
@Component
class Carrier {

	private final SupportDeskProperties properties;

	Carrier(SupportDeskProperties properties) {
		this.properties = properties;
	}

	/**
	 * Ask where the parcel of an order is. Blocks.
	 * @param order the order
	 * @return where it is
	 * @throws InterruptedException if the caller no longer wants to know
	 */
	String locate(CustomerOrder order) throws InterruptedException {
		Thread.sleep(this.properties.carrierDelay().toMillis());
		return order.state();
	}

}
