//! The registration of functions and filters with their signatures, so that neither can be there without the other.

use std::marker::PhantomData;

use tera::{ArgFromValue, Filter, Function, FunctionResult, Kwargs, State, Tera, TeraResult, Value};

use super::argument::{expect, expect_defined};
use crate::types::{Signature, Signatures};

/// The functions and filters that templates can call, while they are registered.
pub(super) struct Registry<'t> {
    tera: &'t mut Tera,
    signatures: Signatures,
}

impl<'t> Registry<'t> {
    pub(super) fn new(tera: &'t mut Tera) -> Self {
        Self { tera, signatures: Signatures::default() }
    }

    /// Returns the signatures of all that was registered.
    pub(super) fn into_signatures(self) -> Signatures {
        self.signatures
    }

    /// Adds something that Tera has itself.
    pub(super) fn built_in(&mut self, signature: &'static Signature) {
        self.signatures.add(signature);
    }

    /// Adds a filter that no author can use, because no signature names it.
    pub(super) fn counting<F>(&mut self, name: String, call: F)
    where
        F: for<'v> Filter<&'v Value, TeraResult<Value>>,
    {
        self.tera.register_filter::<_, &Value, TeraResult<Value>>(name, call);
    }

    pub(super) fn function<F, R>(&mut self, signature: &'static Signature, call: F)
    where
        F: Function<R>,
        R: FunctionResult + 'static,
    {
        self.signatures.add(signature);
        self.tera.register_function(signature.name, SignedCall { signature, call, result: PhantomData });
    }

    pub(super) fn filter<F, I, R>(&mut self, signature: &'static Signature, call: F)
    where
        F: Filter<I, R> + for<'a> Filter<<I as ArgFromValue<'a>>::Output, R>,
        I: for<'a> ArgFromValue<'a>,
        R: FunctionResult + 'static,
    {
        self.signatures.add(signature);
        let signed = SignedCall { signature, call, result: PhantomData };
        self.tera.register_filter::<_, I, TeraResult<Value>>(signature.name, signed);
    }
}

/// A function or a filter that is called only with arguments of its signature's names.
struct SignedCall<F, R> {
    signature: &'static Signature,
    call: F,
    result: PhantomData<fn() -> R>,
}

impl<F, R> SignedCall<F, R> {
    /// Refuses arguments that the signature does not name, or whose values are undefined.
    fn check(&self, args: &Kwargs) -> TeraResult<()> {
        expect_defined(args)?;
        match self.signature.others {
            Some(_) => Ok(()),
            None => expect(args, self.signature.name, self.signature.argument_names()),
        }
    }
}

impl<F: Function<R>, R: FunctionResult + 'static> Function<TeraResult<Value>> for SignedCall<F, R> {
    fn call(&self, args: Kwargs, state: &State) -> TeraResult<Value> {
        self.check(&args)?;
        self.call.call(args, state).into_result()
    }
}

impl<F: Filter<I, R>, I, R: FunctionResult + 'static> Filter<I, TeraResult<Value>> for SignedCall<F, R> {
    fn call(&self, input: I, args: Kwargs, state: &State) -> TeraResult<Value> {
        self.check(&args)?;
        self.call.call(input, args, state).into_result()
    }
}

#[cfg(test)]
mod tests;
