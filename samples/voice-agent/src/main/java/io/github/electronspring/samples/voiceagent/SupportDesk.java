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

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;

import io.github.electronspring.tool.ElectronTool;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.stereotype.Service;
import org.springframework.util.Assert;

/**
 * What the agent can do for a caller. Who calls is no argument that the model could make
 * up: it comes with the turn, so that nobody hears of the orders of others.
 *
 * @author The Electron Spring authors
 */
@Service
class SupportDesk {

	private static final String CUSTOMER = "customer";

	private final CustomerOrders orders;

	private final Appointments appointments;

	private final Carrier carrier;

	private final BonusProgram bonusProgram;

	SupportDesk(CustomerOrders orders, Appointments appointments, Carrier carrier, BonusProgram bonusProgram) {
		this.orders = orders;
		this.appointments = appointments;
		this.carrier = carrier;
		this.bonusProgram = bonusProgram;
	}

	/**
	 * Return what tools know of the caller.
	 * @param customer the customer who calls
	 * @return the context of the turn
	 */
	static Map<String, Object> context(long customer) {
		return Map.of(CUSTOMER, customer);
	}

	@ElectronTool(description = "Status of an order and where its parcel is", start = "desk.order.start",
			delayed = "desk.order.delayed", delayedAfter = "1s", failed = "desk.failed")
	OrderStatus orderStatus(@ToolParam(description = "order number, four digits") String order, ToolContext context)
			throws InterruptedException {
		CustomerOrder found = find(order, context);
		return new OrderStatus(found.item(), this.carrier.locate(found));
	}

	@ElectronTool(description = "Bonus points of the caller", start = "desk.bonus.start", failed = "desk.bonus.failed")
	String bonusPoints(ToolContext context) {
		return "%d points".formatted(this.bonusProgram.points(customer(context)));
	}

	@ElectronTool(description = "Book a visit of the repair service for an item of an order",
			start = "desk.booking.start", failed = "desk.failed", cancelOnBargeIn = false)
	Visit bookService(@ToolParam(description = "order number, four digits") String order, @ToolParam(required = false,
			description = "day: a date such as 2026-03-31, 'tomorrow' or a weekday in English") @Nullable String day,
			ToolContext context) {
		CustomerOrder found = find(order, context);
		LocalDate date = date(day, LocalDate.now());
		this.appointments.save(new Appointment(null, found.number(), date));
		return new Visit(found.item(), date);
	}

	private CustomerOrder find(String order, ToolContext context) {
		return this.orders.findByNumberAndCustomerId(order, customer(context))
			.orElseThrow(() -> new IllegalArgumentException("The caller has no order '%s'".formatted(order)));
	}

	private static long customer(ToolContext context) {
		Object customer = context.getContext().get(CUSTOMER);
		Assert.state(customer instanceof Long, "The turn must have the context of 'SupportDesk.context(...)'");
		return (Long) customer;
	}

	/**
	 * Return the day that a caller means.
	 * @param text what the caller said, or {@code null} for the next day
	 * @param today today
	 * @return the day
	 */
	static LocalDate date(@Nullable String text, LocalDate today) {
		String day = (text != null) ? text.strip().toUpperCase(Locale.ROOT) : "";
		if (day.isEmpty() || day.equals("TOMORROW")) {
			return today.plusDays(1);
		}
		for (DayOfWeek weekday : DayOfWeek.values()) {
			if (weekday.name().equals(day)) {
				return today.with(TemporalAdjusters.next(weekday));
			}
		}
		try {
			return LocalDate.parse(day);
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException(
					"'day' must be a date, 'tomorrow' or a weekday but is '%s'".formatted(text), ex);
		}
	}

}
