"""The same simulation in Python."""

from math import sqrt


class System:
    def __init__(self, bodies):
        self.bodies = [(list(position), list(velocity), mass) for position, velocity, mass in bodies]

    def energy(self):
        energy = 0.0
        for i, (position, velocity, mass) in enumerate(self.bodies):
            x, y, z = velocity
            energy += 0.5 * mass * (x * x + y * y + z * z)
            for other, _, other_mass in self.bodies[i + 1 :]:
                x, y, z = (a - b for a, b in zip(position, other))
                energy -= mass * other_mass / sqrt(x * x + y * y + z * z)
        return energy

    def advance(self, steps=1, *, dt=0.01):
        bodies = self.bodies
        pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1 :]]
        for _ in range(steps):
            for (pa, va, ma), (pb, vb, mb) in pairs:
                x, y, z = pa[0] - pb[0], pa[1] - pb[1], pa[2] - pb[2]
                square = x * x + y * y + z * z
                pull = dt / (square * sqrt(square))
                va[0] -= x * mb * pull
                va[1] -= y * mb * pull
                va[2] -= z * mb * pull
                vb[0] += x * ma * pull
                vb[1] += y * ma * pull
                vb[2] += z * ma * pull
            for position, velocity, _ in bodies:
                position[0] += dt * velocity[0]
                position[1] += dt * velocity[1]
                position[2] += dt * velocity[2]


def solar():
    """A heavy body, and four around it on circles, whose momenta add up to nothing."""
    sun, around = 40.0, []
    for radius, mass in ((5.0, 0.04), (9.5, 0.01), (19.0, 0.002), (30.0, 0.002)):
        around.append(([radius, 0.0, 0.1 * mass], [0.0, sqrt(sun / radius), 0.0], mass))
    drift = -sum(mass * velocity[1] for _, velocity, mass in around) / sun
    return [([0.0, 0.0, 0.0], [0.0, drift, 0.0], sun)] + around
