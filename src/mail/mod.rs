//! Recipients, messages and their way out.
//!
//! [`recipients`] and [`allow`] say who may get mail, [`message`] freezes the bytes, [`outbox`] moves them through the
//! states of the store, and [`transport`] hands them over. Only `transport` touches the network.

mod address;
pub mod allow;
mod csv;
pub mod message;
pub mod messages;
pub mod outbox;
pub mod recipients;
pub mod transport;

pub use address::{Address, AddressFault, Mailbox};
pub use allow::{AllowList, Environment, Gate};
pub use message::{ListId, MessageId, Sender};
pub use outbox::{Pass, Policy, Summary};
pub use recipients::{Recipient, read_list};
pub use transport::{Delivery, Outgoing, Transport};
