//! The cost of each WebAssembly instruction, in fuel.

use wasmi::OperatorCost;

macro_rules! free {
    ($cost:ident: $($operator:ident)*) => { $($cost.$operator = 0;)* };
}

/// Counts turns of loops and calls of functions, which the engine always counts, and few other instructions.
///
/// By default, the engine charges each turn of a loop for all instructions of its body. `SQLite` is one loop
/// around a switch of 190 cases, so a single step of a query would cost as much as ten thousand steps of
/// other loops.
pub(super) fn of_turns() -> OperatorCost {
    let mut cost = OperatorCost::default();
    free!(cost:
        local_get local_set local_tee global_get global_set select br br_if br_table call call_indirect
        i32_const i64_const f64_const
        i32_load i32_load8_s i32_load8_u i32_load16_s i32_load16_u i64_load i64_load8_s i64_load8_u
        i64_load16_s i64_load16_u i64_load32_s i64_load32_u f64_load
        i32_store i32_store8 i32_store16 i64_store i64_store8 i64_store16 i64_store32 f64_store
        i32_eqz i32_eq i32_ne i32_lt_s i32_lt_u i32_gt_s i32_gt_u i32_le_s i32_le_u i32_ge_s i32_ge_u
        i32_add i32_sub i32_mul i32_and i32_or i32_xor i32_shl i32_shr_s i32_shr_u i32_wrap_i64
        i64_eqz i64_eq i64_ne i64_lt_s i64_lt_u i64_gt_s i64_gt_u i64_le_s i64_le_u i64_ge_s i64_ge_u
        i64_add i64_sub i64_mul i64_and i64_or i64_xor i64_shl i64_shr_s i64_shr_u
        i64_extend_i32_s i64_extend_i32_u f64_convert_i64_s
    );
    cost
}
