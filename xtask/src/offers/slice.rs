//! The offers of an ordinary slice: one company, role and location.

use super::Offer;
use super::market::{COMPANIES, Company, ROLES, RolePay, YEARS, Year, level, pay_at};
use crate::random::SplitMix;

/// The deviations of offers from the middle, in thousandths: of an offer as a whole, of its base salary, of
/// its equity.
const STRAY: (i64, i64, i64) = (190, 60, 300);

/// Every slice there may be, whether or not it has offers.
pub(crate) fn all() -> Vec<Slice> {
    let of_company = |company: &'static Company| {
        let offices = company.offices.iter();
        offices.flat_map(move |&(location, expected)| {
            ROLES.iter().map(move |role| Slice { company, role, location, expected })
        })
    };
    COMPANIES.iter().flat_map(of_company).collect()
}

/// A company, a role and a location, and the number of offers of all roles that is expected at that office.
pub(crate) struct Slice {
    company: &'static Company,
    role: &'static RolePay,
    location: &'static str,
    expected: i64,
}

impl Slice {
    /// The slugs: company, role and location.
    pub(crate) fn key(&self) -> [&'static str; 3] {
        [self.company.slug, self.role.slug, self.location]
    }

    /// Its offers. Some slices have none.
    pub(crate) fn offers(&self) -> Vec<Offer> {
        let mut random = SplitMix::named(&self.key().join("/"));
        let count = self.expected * self.role.share * random.within(700, 1700) / 1_000_000;
        (0..count).map(|_| self.offer(&mut random)).collect()
    }

    fn offer(&self, random: &mut SplitMix) -> Offer {
        let year = year(random);
        let whole = pay_at(self.location) * year.pay * random.spread(STRAY.0) / 10_000;
        let base = self.role.base / 100 * self.company.base / 1000 * whole / 1000 * random.spread(STRAY.1);
        let equity =
            self.role.equity / 100 * self.company.equity / 1000 * whole / 1000 * random.spread(STRAY.2);
        let bonus = base / 100 * self.company.bonus / 1000 * random.spread(STRAY.2);
        Offer {
            company: self.company.slug,
            role: self.role.slug,
            location: self.location,
            level: level(self.company.slug, self.role.slug),
            year: year.year,
            base: thousands(base),
            equity: thousands(equity),
            bonus: thousands(bonus),
            experience: self.experience(random),
        }
    }

    /// Averages three even numbers: the middle of the role's range is the likeliest, and a little beyond it
    /// is possible.
    fn experience(&self, random: &mut SplitMix) -> i64 {
        let (low, high) = self.role.years;
        let sum: i64 = (0..3).map(|_| random.within(low * 2 - 1, high * 2 + 4)).sum();
        (sum / 6).max(0)
    }
}

/// Chooses a year by its share of offers.
fn year(random: &mut SplitMix) -> &'static Year {
    let mut left = random.within(0, 100);
    let chosen = YEARS.iter().find(|year| {
        left -= year.share;
        left < 0
    });
    chosen.expect("the shares add up to 100")
}

/// Rounds to thousands, as people report pay.
fn thousands(dollars: i64) -> i64 {
    (dollars + 500) / 1000 * 1000
}
